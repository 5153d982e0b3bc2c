// Follow a slider while it is dragged: every position's surface is fetched once, then drawn here, without the server.
const kept = new Map()

function fetchSweep(url) {
  if (!kept.has(url)) {
    if (kept.size > 12) kept.delete(kept.keys().next().value)
    const sweep = fetch(url).then((reply) => (reply.ok ? reply.arrayBuffer() : Promise.reject(reply.status))).then(unpack)
    sweep.catch(() => kept.delete(url))
    kept.set(url, sweep)
  }
  return kept.get(url)
}

function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true)
  const sweep = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)))
  sweep.numbers = new Float32Array(buffer, 4 + length)
  sweep.count = sweep.x.length * sweep.y.length
  return sweep
}

// One position of a sweep: values and slopes at the nodes, lowest and highest value, the lowest node.
function frameOf(sweep, position, limits) {
  const at = sweep.position.reduce(
    (best, stop, i) => (Math.abs(stop - position) < Math.abs(sweep.position[best] - position) ? i : best), 0)
  const part = (kind) => sweep.numbers.subarray((kind * sweep.position.length + at) * sweep.count).subarray(0, sweep.count)
  const [value, slopeX, slopeY] = [part(0), part(1), part(2)]
  let [low, high, lowest] = [Infinity, -Infinity, 0]
  value.forEach((z, i) => {
    if (z < low) [low, lowest] = [z, i]
    if (z > high) high = z
  })
  if (limits) [low, high] = limits
  if (!(high > low)) high = low + 1
  return { sweep, value, slopeX, slopeY, low, high, lowest, target: sweep.target[at] }
}

function colours(scale) {
  return scale.map((code) => [1, 3, 5].map((i) => parseInt(code.slice(i, i + 2), 16)))
}

function bandOf(z, frame, bands) {
  return Math.min(bands - 1, Math.max(0, Math.floor(((z - frame.low) / (frame.high - frame.low)) * bands)))
}

function overlay(node, box) {
  node.style.position = "relative"
  node.overlay ??= node.appendChild(Object.assign(document.createElement("canvas"), { className: "follow" }))
  const canvas = node.overlay
  const ratio = Math.min(window.devicePixelRatio || 1, 2)
  Object.assign(canvas.style, {
    position: "absolute", pointerEvents: "none", display: "block",
    left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px`,
  })
  if (canvas.width !== Math.round(box.width * ratio)) canvas.width = Math.round(box.width * ratio)
  if (canvas.height !== Math.round(box.height * ratio)) canvas.height = Math.round(box.height * ratio)
  const pen = canvas.getContext("2d")
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.clearRect(0, 0, box.width, box.height)
  return pen
}

// Contour bands at twice the nodes' distance, as crisp as the drawn ones, then arrows and marks.
function drawField(node, frame, { scale, marks }) {
  const { xaxis, yaxis } = node._fullLayout
  const box = { left: xaxis._offset, top: yaxis._offset, width: xaxis._length, height: yaxis._length }
  const pen = overlay(node, box)
  const [nx, ny] = [frame.sweep.x.length, frame.sweep.y.length]
  const [wide, tall] = [Math.round(box.width / 2), Math.round(box.height / 2)]
  const image = new ImageData(wide, tall)
  const palette = colours(scale)
  for (let row = 0, at = 0; row < tall; row++) {
    const v = (1 - (row + 0.5) / tall) * (ny - 1)
    const j = Math.min(ny - 2, Math.floor(v))
    for (let column = 0; column < wide; column++, at += 4) {
      const u = ((column + 0.5) / wide) * (nx - 1)
      const i = Math.min(nx - 2, Math.floor(u))
      const [a, b, k] = [u - i, v - j, j * nx + i]
      const z = (1 - b) * ((1 - a) * frame.value[k] + a * frame.value[k + 1]) +
        b * ((1 - a) * frame.value[k + nx] + a * frame.value[k + nx + 1])
      if (z === z) {
        const [red, green, blue] = palette[bandOf(z, frame, palette.length)]
        image.data[at] = red
        image.data[at + 1] = green
        image.data[at + 2] = blue
        image.data[at + 3] = 255
      }
    }
  }
  const small = new OffscreenCanvas(wide, tall)
  small.getContext("2d").putImageData(image, 0, 0)
  pen.drawImage(small, 0, 0, box.width, box.height)
  const place = (x, y) => [xaxis.d2p(x), yaxis.d2p(y)]
  drawArrows(pen, frame, place, box, marks)
  drawMarks(pen, frame, place, marks)
}

function drawArrows(pen, frame, place, box, marks) {
  const { x, y } = frame.sweep
  const even = (count, i) => Math.round(((i + 0.5) / 10) * (count - 1))
  const arrows = []
  let longest = 0
  for (let j = 0; j < 10; j++) {
    for (let i = 0; i < 10; i++) {
      const k = even(y.length, j) * x.length + even(x.length, i)
      if (Number.isFinite(frame.slopeX[k] + frame.slopeY[k])) arrows.push([...place(x[even(x.length, i)], y[even(y.length, j)]), frame.slopeX[k], frame.slopeY[k]])
      longest = Math.max(longest, Math.hypot(frame.slopeX[k], frame.slopeY[k]) || 0)
    }
  }
  const reach = (1.25 * Math.min(box.width, box.height)) / 10 / (longest || 1)
  pen.beginPath()
  for (const [px, py, slopeX, slopeY] of arrows) {
    const [u, v] = [-slopeX * reach, slopeY * reach]
    const size = Math.hypot(u, v)
    if (size < 1) continue
    const [tipX, tipY, turn] = [px + u / 2, py + v / 2, Math.atan2(v, u)]
    pen.moveTo(px - u / 2, py - v / 2)
    pen.lineTo(tipX, tipY)
    for (const side of [-1, 1]) {
      pen.moveTo(tipX, tipY)
      pen.lineTo(tipX - (size / 3) * Math.cos(turn + side * 0.471), tipY - (size / 3) * Math.sin(turn + side * 0.471))
    }
  }
  for (const [width, style] of [[3, marks.casing], [1.35, marks.mark]]) {
    Object.assign(pen, { lineWidth: width, strokeStyle: style })
    pen.stroke()
  }
}

function drawMarks(pen, frame, place, marks) {
  const { x, y } = frame.sweep
  if (frame.target) {
    const [px, py] = place(...frame.target)
    for (const [width, style] of [[5, marks.edge], [2, marks.mark]]) {
      Object.assign(pen, { lineWidth: width, strokeStyle: style })
      pen.beginPath()
      pen.arc(px, py, 7.5, 0, 7)
      pen.stroke()
    }
  }
  diamond(pen, ...place(x[frame.lowest % x.length], y[Math.floor(frame.lowest / x.length)]), marks)
}

function diamond(pen, px, py, marks) {
  pen.beginPath()
  for (const [u, v] of [[0, -7], [7, 0], [0, 7], [-7, 0]]) pen.lineTo(px + u, py + v)
  pen.closePath()
  Object.assign(pen, { fillStyle: marks.minimum, strokeStyle: marks.edge, lineWidth: 1.5 })
  pen.fill()
  pen.stroke()
}

// The same camera as the drawn scene; far cells are painted first.
function drawSurface(node, frame, { scale, marks, page }) {
  const scene = node._fullLayout.scene._scene
  const { model, view, projection } = scene.glplot.cameraParams
  const area = scene.container.getBoundingClientRect()
  const home = node.getBoundingClientRect()
  const box = { left: area.left - home.left, top: area.top - home.top, width: area.width, height: area.height }
  const pen = overlay(node, box)
  pen.fillStyle = page
  pen.fillRect(0, 0, box.width, box.height)
  const whole = multiply(projection, multiply(view, model))
  const [nx, ny] = [frame.sweep.x.length, frame.sweep.y.length]
  const [floor, top] = node._fullLayout.scene.zaxis.range
  const bottom = frame.low - 0.12 * (frame.high - frame.low)
  const lift = (z) => floor + ((z - bottom) / (frame.high - bottom)) * (top - floor)
  const points = new Float32Array(nx * ny * 3)
  for (let j = 0, k = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++, k++) {
      const p = [frame.sweep.x[i], frame.sweep.y[j], lift(frame.value[k])].map((part, axis) => part * scene.dataScale[axis])
      const [a, b, , w] = [0, 1, 2, 3].map((r) => whole[r] * p[0] + whole[4 + r] * p[1] + whole[8 + r] * p[2] + whole[12 + r])
      points.set([(0.5 + (0.5 * a) / w) * box.width, (0.5 - (0.5 * b) / w) * box.height, w], 3 * k)
    }
  }
  paintCells(pen, frame, points, nx, ny, colours(scale), marks)
  const k = 3 * frame.lowest
  if (Number.isFinite(points[k])) diamond(pen, points[k], points[k + 1], marks)
}

function paintCells(pen, frame, points, nx, ny, palette, marks) {
  const cells = []
  for (let j = 0; j < ny - 1; j++) {
    for (let i = 0; i < nx - 1; i++) {
      const k = j * nx + i
      const depth = points[3 * k + 2] + points[3 * (k + nx + 1) + 2]
      if (depth === depth) cells.push([depth, k])
    }
  }
  cells.sort((one, other) => other[0] - one[0])
  for (const [, k] of cells) {
    const corners = [k, k + 1, k + nx + 1, k + nx]
    const z = corners.reduce((sum, corner) => sum + frame.value[corner], 0) / 4
    const share = Math.min(1, Math.max(0, (z - frame.low) / (frame.high - frame.low))) * (palette.length - 1)
    const from = Math.min(palette.length - 2, Math.floor(share))
    const mixed = palette[from].map((part, c) => Math.round(part + (share - from) * (palette[from + 1][c] - part)))
    pen.beginPath()
    for (const corner of corners) pen.lineTo(points[3 * corner], points[3 * corner + 1])
    pen.closePath()
    pen.fillStyle = pen.strokeStyle = `rgb(${mixed})`
    pen.lineWidth = 0.7
    pen.fill()
    pen.stroke()
    const levels = corners.map((corner) => bandOf(frame.value[corner], frame, 10))
    if (Math.min(...levels) !== Math.max(...levels)) isoLines(pen, frame, points, corners, marks)
  }
}

function isoLines(pen, frame, points, corners, marks) {
  pen.strokeStyle = marks.line
  pen.lineWidth = 1.2
  for (let level = 1; level < 10; level++) {
    const height = frame.low + (level / 10) * (frame.high - frame.low)
    const ends = []
    corners.forEach((corner, c) => {
      const next = corners[(c + 1) % 4]
      const [a, b] = [frame.value[corner] - height, frame.value[next] - height]
      if (a < 0 !== b < 0) {
        const t = a / (a - b)
        ends.push([0, 1].map((axis) => points[3 * corner + axis] + t * (points[3 * next + axis] - points[3 * corner + axis])))
      }
    })
    if (ends.length < 2) continue
    pen.beginPath()
    pen.moveTo(...ends[0])
    pen.lineTo(...ends[1])
    pen.stroke()
  }
}

function multiply(a, b) {
  const c = new Float64Array(16)
  for (let i = 0; i < 16; i++) for (let k = 0; k < 4; k++) c[i] += a[4 * k + (i % 4)] * b[4 * (i >> 2) + k]
  return c
}

// Watch the sliders that a picture follows; what they fetch is asked for when a finger or the keyboard comes near.
function follow(node, drag, page) {
  node.drag = { ...drag, page }
  node.following?.forEach((stop) => stop())
  node.following = []
  if (node.overlay) node.overlay.style.display = "none"
  for (const control of drag?.controls ?? []) {
    const slider = document.querySelector(`.${control.key}`)
    const input = slider?.querySelector("input[type=range]")
    if (!input) continue
    const near = () => fetchSweep(control.url)
    const watcher = new MutationObserver(() => {
      const position = control.stops ? control.stops[Number(input.value)] : Number(input.value)
      node.wanted = position
      near().then((sweep) => node.wanted === position && show(node, frameOf(sweep, position, drag.limits))).catch(() => {})
    })
    watcher.observe(input, { attributes: true, attributeFilter: ["value"] })
    slider.addEventListener("pointerenter", near)
    slider.addEventListener("focusin", near)
    node.following.push(() => {
      watcher.disconnect()
      slider.removeEventListener("pointerenter", near)
      slider.removeEventListener("focusin", near)
    })
  }
}

function show(node, frame) {
  const begun = performance.now()
  if (node._fullLayout?.scene) drawSurface(node, frame, node.drag)
  else drawField(node, frame, node.drag)
  node.dataset.followed = Number(node.dataset.followed ?? 0) + 1
  node.dataset.frame = (performance.now() - begun).toFixed(1)
}
