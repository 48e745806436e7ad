// The page works without this: the arrow keys move between radio buttons in any browser. With it
// they work wherever the focus is, and a click on a step chooses it.
(() => {
  const steps = [...document.querySelectorAll(".steps input")];
  // Brings the step's line to the middle of its listing.
  const follow = (input) => {
    const id = input.id.slice(1);
    const link = document.querySelector(`.r${id} a`);
    const line = link === null ? null : document.getElementById(link.getAttribute("href").slice(1));
    const list = line?.parentElement;
    list?.scrollTo({ top: line.offsetTop - list.offsetTop - list.clientHeight / 2 });
  };
  const show = (input) => {
    input.checked = true;
    document.querySelector(`.r${input.id.slice(1)}`)?.scrollIntoView({ block: "nearest" });
    follow(input);
  };
  const move = (by) => {
    const now = steps.findIndex((input) => input.checked);
    show(steps[Math.min(Math.max(now + by, 0), steps.length - 1)]);
  };
  const keys = { ArrowRight: 1, ArrowDown: 1, j: 1, ArrowLeft: -1, ArrowUp: -1, k: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.key in keys) {
      event.preventDefault();
      move(keys[event.key]);
    }
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    const chosen = row?.classList[1]?.slice(1);
    const input = chosen ? document.getElementById(`s${chosen}`) : null;
    if (input) {
      event.preventDefault();
      show(input);
    }
  });
  const first = steps.find((input) => input.checked);
  if (first) follow(first);
  for (const input of steps) {
    input.addEventListener("change", () => show(input));
  }
})();
