/**
 * The beginning of a text that somebody reads, `characters` long at most; an ellipsis says that it goes on. Secrets
 * are taken out before (`sanitize`): what is left of one that was cut may not be recognized.
 */
export function shortened(text: string, characters: number): string {
  return text.length > characters ? `${text.slice(0, characters)}…`.toWellFormed() : text;
}
