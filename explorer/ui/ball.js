// Roll a ball along the drawn path, on a canvas of its own above the picture.
const SECONDS_A_STEP = 0.03

function roll(node, marks) {
  const path = node._fullData?.find((trace) => trace.meta === "path")
  if (!path) return
  const { xaxis, yaxis } = node._fullLayout
  const points = Array.from(path.x, (x, i) => [xaxis.d2p(x), yaxis.d2p(path.y[i])])
  const canvas = (node.ball ??= node.appendChild(Object.assign(document.createElement("canvas"), { className: "ball" })))
  const [wide, tall, turn] = [xaxis._length, yaxis._length, (node.rolling ?? 0) + 1]
  let begun = null
  node.style.position = "relative"
  Object.assign(canvas, { width: wide, height: tall })
  Object.assign(canvas.style, {
    position: "absolute", pointerEvents: "none", left: `${xaxis._offset}px`, top: `${yaxis._offset}px`, display: "block",
  })
  const pen = canvas.getContext("2d")
  const frame = (now) => {
    // The way begins with the first frame: on a busy machine that comes later than a short way would take.
    begun ??= now
    const at = (now - begun) / 1000 / SECONDS_A_STEP
    if (node.rolling !== turn || at >= points.length - 1) {
      if (node.rolling === turn) canvas.style.display = "none"
      return
    }
    const [k, share] = [Math.floor(at), at % 1]
    const [x, y] = [0, 1].map((axis) => points[k][axis] + share * (points[k + 1][axis] - points[k][axis]))
    pen.clearRect(0, 0, wide, tall)
    pen.beginPath()
    pen.arc(x, y, 8, 0, 7)
    Object.assign(pen, { fillStyle: path.line.color, strokeStyle: marks.edge, lineWidth: 2 })
    pen.fill()
    pen.stroke()
    node.dataset.rolled = k + 1
    requestAnimationFrame(frame)
  }
  node.rolling = turn
  requestAnimationFrame(frame)
}
