// For the style guide only: what the app does from Rust. Numbers become custom properties, names become icons.
const icons = await fetch(new URL("../../app/icons.svg", import.meta.url));
const sprite = document.createElement("div");
sprite.hidden = true;
sprite.innerHTML = await icons.text();
document.body.prepend(sprite);

for (const node of document.querySelectorAll("[data-vars]")) {
  for (const pair of node.dataset.vars.split(";")) {
    const [name, value] = pair.split(":");
    node.style.setProperty(`--${name}`, value);
  }
}

for (const svg of document.querySelectorAll("svg[data-icon]")) {
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${svg.dataset.icon}`);
  svg.append(use);
}

for (const input of document.querySelectorAll(".fj-slider__range")) {
  const track = input.closest(".fj-slider__track");
  const follow = () => track.style.setProperty("--value", (100 * (input.value - input.min)) / (input.max - input.min));
  input.addEventListener("input", follow);
  follow();
}

for (const opener of document.querySelectorAll("[data-dialog]")) {
  opener.addEventListener("click", () => document.getElementById(opener.dataset.dialog).showModal());
}

const theme = new URLSearchParams(location.search).get("theme");
if (theme) document.documentElement.dataset.theme = theme;
