// Counts the days since the last conversation to the reader's own day. Without it the text speaks for the book's date.
for (const line of document.querySelectorAll("[data-last]")) {
  const { last, due, stale, words, day } = line.dataset;
  const [year, month, date] = last.split("-").map(Number);
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const days = Math.round((today - Date.UTC(year, month - 1, date)) / 864e5);
  if (days < 2) continue;
  const [band, text] = line.querySelectorAll("span");
  const [name, word] = days <= due ? ["better", "Fresh"] : days <= stale ? ["early", "Due"] : ["worse", "Stale"];
  band.className = "sense sense-" + name;
  band.textContent = word;
  text.textContent = (days > 365 ? "Over a year (" + days + ") " : days + " ") + words + " (" + day + "; as of today)";
}
