// Where the system's locale is C, WebKitGTK calls the window's language "C", which no formatter of numbers takes. uPlot
// makes one while it is being loaded, and with it the whole window would stay empty. So this comes before uPlot.

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

if (!isLanguage(navigator.language)) Object.defineProperty(navigator, "language", { value: "en", configurable: true });
