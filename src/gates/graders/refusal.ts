import { RE2JS } from 're2js';

const CANNOT = "(?:can't|cannot|can not|won't|will not|am unable to|'m unable to|am not able to|'m not able to)";
const MAY_NOT = "(?:am|'m) not (?:allowed|permitted) to";
const HELP =
  '(?:help|assist|answer|provide|share|do (?:that|this|so)|comply|discuss|fulfil|support|give|create|generate|write|continue|engage)';

/** Phrases of an answer that refuses, in English. Documented in docs/gates.md; runs in linear time. */
const PATTERNS = [
  `\\bI\\s?${CANNOT} (?:\\w+ )?${HELP}\\b`,
  `\\bI\\s?${MAY_NOT} (?:\\w+ )?${HELP}\\b`,
  '\\bI (?:must|have to|need to) (?:\\w+ )?(?:decline|refuse)\\b',
  '\\bI (?:decline|refuse) to\\b',
  '\\bagainst (?:my|our) (?:guidelines|policy|policies|programming)\\b',
].map((pattern) => RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE));

/** True for an answer that refuses to do what it was asked. `more`: a further pattern, such as for another language. */
export function isRefusal(answer: string, more: string | undefined): boolean {
  const text = answer.replaceAll(/[\u2018\u2019]/g, "'").replaceAll(/\s+/g, ' ');
  return (
    PATTERNS.some((pattern) => pattern.matcher(text).find()) ||
    (more !== undefined && RE2JS.compile(more, RE2JS.CASE_INSENSITIVE).matcher(text).find())
  );
}
