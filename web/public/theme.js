// Runs before the first paint, so a chosen theme never flashes; a file, because the content policy forbids inline script.
try {
  const theme = localStorage.getItem('switchyard.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const language = localStorage.getItem('switchyard.language');
  if (language) document.documentElement.lang = language;
} catch {
  // storage may be blocked; the system preference stands
}
