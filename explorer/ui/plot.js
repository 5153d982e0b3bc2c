// Draw a Plotly figure in a node that stays: new data, same camera, same zoom, the running theme's colours.
const loading = {}

function plotly(source) {
  loading[source] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = source
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => reject(new Error("plotly.js could not be loaded"))
    document.head.append(script)
  })
  return loading[source]
}

// Which of the two themes runs is read from the page's own background.
function themeOf(node) {
  const probe = document.createElement("canvas").getContext("2d")
  probe.fillStyle = getComputedStyle(node).getPropertyValue("--st-background-color") || "#ffffff"
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(probe.fillStyle.slice(at, at + 2), 16))
  return red + green + blue < 384 ? "dark" : "light"
}

const touched = window.matchMedia("(hover: none)").matches

// One a node, and never another: a changed configuration makes Plotly draw everything anew.
function configOf(Plotly) {
  const download = {
    name: "download",
    title: "Download as PNG",
    icon: Plotly.Icons.camera,
    click: (plot) => Plotly.downloadImage(plot, { format: "png", filename: plot.dataset.filename, scale: 3 }),
  }
  const unused = ["toImage", "select2d", "lasso2d", "autoScale2d", "hoverClosest3d", "tableRotation"]
  const buttons = touched
    ? { modeBarButtons: [[download]] }
    : { modeBarButtonsToRemove: unused, modeBarButtonsToAdd: [download] }
  return { displaylogo: false, showSendToCloud: false, responsive: true, ...buttons }
}

// Plotly must not be cleared away from under a drawing that is not done.
function busy(node, work) {
  node.busy = Promise.allSettled([node.busy, work])
  return work
}

function painted(text, colours) {
  return Object.entries(colours).reduce((painting, [token, colour]) => painting.replaceAll(token, colour), text)
}

// The address says from where a surface is looked at, so that whoever gets the link sees the same.
function remember(node, tell) {
  if (node.remembering) return
  node.remembering = true
  node.on("plotly_relayout", (change) => change["scene.camera"] && settle(node, tell))
}

// A surface swings on after it was let go: only where it comes to rest is told.
function settle(node, tell) {
  const seen = cameraText(node)
  clearTimeout(node.settling)
  node.settling = setTimeout(() => {
    if (node.gone) return
    if (cameraText(node) !== seen) return settle(node, tell)
    const address = new URL(window.location.href)
    address.searchParams.set("camera", seen)
    window.history.replaceState(window.history.state, "", address)
    tell(seen)
  }, 200)
}

function cameraText(node) {
  const { eye, center } = node._fullLayout.scene._scene.getCamera()
  return [eye, center].flatMap(({ x, y, z }) => [x, y, z]).map((place) => place.toFixed(2)).join(",")
}

function cameraOf([x, y, z, ...center]) {
  return { eye: { x, y, z }, center: { x: center[0], y: center[1], z: center[2] } }
}

// Any place of a plane can be clicked, not only the drawn points.
function listen(node) {
  if (node.listening) return
  node.listening = true
  let pressed = null
  node.addEventListener("pointerdown", (event) => (pressed = [event.clientX, event.clientY]), true)
  node.addEventListener("click", (event) => {
    const still = pressed && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) < 4
    const { xaxis, yaxis } = node._fullLayout ?? {}
    if (!still || !node.clicked || !xaxis || event.target.closest(".modebar")) return
    const box = node.getBoundingClientRect()
    const x = xaxis.p2d(event.clientX - box.left - xaxis._offset)
    const y = yaxis.p2d(event.clientY - box.top - yaxis._offset)
    const inside = (value, [low, high]) => value >= low && value <= high
    if (inside(x, xaxis.range) && inside(y, yaxis.range)) node.clicked(x, y)
  }, true)
}

export default function ({ data, parentElement, setTriggerValue }) {
  const node = parentElement.querySelector(".plot")
  const text = painted(data.figure, data.themes[themeOf(parentElement)])
  const figure = JSON.parse(text)
  const layout = { ...figure.layout, height: data.height, autosize: true, uirevision: data.keep }
  node.gone = false
  node.style.height = `${data.height}px`
  node.dataset.plot = data.name
  node.setAttribute("role", "img")
  node.setAttribute("aria-label", data.alt)
  // A finger scrolls the page over a plane and turns a surface; zooming would leave it stuck.
  if (touched) layout.dragmode = layout.scene ? "orbit" : false
  node.dataset.filename = data.filename
  const turn = (node.turn = (node.turn ?? 0) + 1)

  plotly(data.source)
    .then(async (Plotly) => {
      // A surface takes ten times as long to draw as a plane, which need not wait for it.
      if (layout.scene) await new Promise((go) => requestAnimationFrame(() => setTimeout(go)))
      if (turn !== node.turn || node.gone) return
      // As it is seen now: the layout does not know of the last bit of a swing.
      const camera = node._fullLayout?.scene?._scene?.getCamera() ?? node.layout?.scene?.camera
      if (camera && node.keep === data.keep) layout.scene = { ...layout.scene, camera }
      else if (layout.scene && data.camera && node.keep === undefined) {
        layout.scene = { ...layout.scene, camera: { ...layout.scene.camera, ...cameraOf(data.camera) } }
      }
      node.keep = data.keep
      node.config ??= configOf(Plotly)
      // A page that looks at a run again and again hands in many pictures that have not changed.
      const seen = `${data.height} ${text}`
      const drawing = node.seen === seen ? null : Plotly.react(node, figure.data, layout, node.config)
      busy(node, drawing ?? Promise.resolve()).then(() => {
        if (node.gone) return
        if (drawing) node.dataset.drawn = turn
        node.seen = seen
        follow(node, data.drag, layout.paper_bgcolor)
        if (data.played && node.played !== undefined && data.played !== node.played) roll(node, data.drag.marks)
        node.played = data.played
        if (layout.scene) remember(node, (text) => setTriggerValue("camera", text))
      })
      node.clicked = data.clickable && ((x, y) => setTriggerValue("click", { x, y }))
      node.style.cursor = data.clickable ? "crosshair" : ""
      listen(node)
      node.watch ??= new ResizeObserver(() => node.clientWidth && busy(node, Plotly.Plots.resize(node)))
      node.watch.observe(node)
    })
    .catch((error) => (node.textContent = `The picture could not be drawn: ${error.message}; reload the page.`))

  return () => {
    node.gone = true
    node.watch?.disconnect()
    node.following?.forEach((stop) => stop())
    Promise.allSettled([node.busy]).then(() => window.Plotly?.purge(node))
  }
}
