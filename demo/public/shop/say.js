// @ts-check

/** How long a message stays. */
const SHOWN_MS = 8000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

/**
 * Speaks a short message, and shows it unless the page shows it already. What is behind an open dialog is not spoken, so the
 * dialog has a place of its own.
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
