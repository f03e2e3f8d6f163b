// @ts-check

/** How long a message is shown. */
const SHOWN_MS = 8000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

/**
 * Announces a short message to screen readers, and shows it unless it is visible already. Screen readers ignore the page behind an
 * open dialog, so the dialog has its own status element.
 * @param {string} text
 * @param {boolean} [isSeen]
 */
export function say(text, isSeen = false) {
  const place = document.querySelector('dialog[open] [role=status]') ?? document.getElementById('said');
  if (!place) return;
  place.classList.toggle('hidden', isSeen);
  place.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => (place.textContent = ''), SHOWN_MS);
}
