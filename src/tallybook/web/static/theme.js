// The reader's choice of dark or light, before anything is drawn. No choice: as the system has it.
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("tallybook-theme"); } catch { /* storage may be refused */ }
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
})();
