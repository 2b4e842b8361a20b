import type { ModelSettings, ScriptedReply } from '../../engine/model-settings.ts';
import { askEndpoint } from './endpoint.ts';
import { formatted } from './format.ts';
import { lastInput, type ModelAnswer, type Passage, type Prompt } from './prompt.ts';
import { coverage, keywordsOf, mentions, sentencesOf, tokensOf } from './words.ts';

/**
 * Answers a prompt: by the real endpoint when there is one, otherwise always in the same way. The first scripted reply that
 * fits answers; without one the best sentence of what the prompt knows; without that an echo of instructions and input.
 * Rejects when the endpoint fails.
 */
export async function answerPrompt(settings: ModelSettings, prompt: Prompt): Promise<ModelAnswer> {
  return settings.endpoint ? await askEndpoint(settings.endpoint, prompt) : answerLocally(settings.replies, prompt);
}

/** Answer of the deterministic responder. */
function answerLocally(replies: readonly ScriptedReply[], prompt: Prompt): ModelAnswer {
  const script = replies.find((reply) => fits(reply, prompt));
  const { text, passage } = unscripted(prompt);
  const final = script
    ? script.reply.replaceAll('{input}', () => lastInput(prompt)).replaceAll('{answer}', () => text)
    : formatted(text, lastInput(prompt), prompt.format);
  return {
    text: final,
    answeredBy: script ? 'script' : passage ? 'retrieval' : 'echo',
    passage: script ? undefined : passage,
    usage: { input: inputTokens(prompt), output: tokensOf(final) },
  };
}

function fits({ deployment, agent, instructions = [], input = [] }: ScriptedReply, prompt: Prompt): boolean {
  const said = [
    prompt.instructions,
    ...prompt.messages.filter(({ role }) => role === 'system').map(({ text }) => text),
  ];
  return (
    (deployment === undefined || deployment.toLowerCase() === prompt.deployment.toLowerCase()) &&
    (agent === undefined || agent.toLowerCase() === prompt.agent?.toLowerCase()) &&
    instructions.every((phrase) => mentions(said.join('\n'), phrase)) &&
    input.every((phrase) => mentions(lastInput(prompt), phrase))
  );
}

function inputTokens({ instructions, messages }: Prompt): number {
  return tokensOf(instructions) + messages.reduce((sum, { text }) => sum + tokensOf(text), 0);
}

function unscripted(prompt: Prompt): { readonly text: string; readonly passage: Passage | undefined } {
  const found = retrieve(lastInput(prompt), prompt.knowledge);
  const { before, after } = quoted(prompt.instructions);
  const text = found ? found.sentence : echo(prompt);
  return { text: [...before, text, ...after].join(' '), passage: found?.passage };
}

/** The first sentence of the instructions, then the input. */
function echo(prompt: Prompt): string {
  const input = lastInput(prompt);
  const [first] = sentencesOf(prompt.instructions);
  return first === undefined ? `You said: ${input}` : `My instructions: ${first} You said: ${input}`;
}

/** The sentence that holds most keywords of the question, the first of the best ones. */
function retrieve(
  question: string,
  knowledge: readonly Passage[],
): { readonly sentence: string; readonly passage: Passage } | undefined {
  const wanted = keywordsOf(question);
  const candidates = knowledge.flatMap((passage) => {
    const whole = coverage(wanted, keywordsOf(passage.text));
    return sentencesOf(passage.text).map((sentence) => ({
      sentence,
      passage,
      score: coverage(wanted, keywordsOf(sentence)) + whole / 2,
    }));
  });
  const [best] = candidates.toSorted((a, b) => b.score - a.score);
  return best && best.score > 0 ? best : undefined;
}

const ORDERED =
  /\b(?<verb>start with|begin with|say|include|mention|add|ask|end with|finish with|close with)\s+["“](?<text>[^"”]+)["”]/giu;

/**
 * Texts that instructions ask for literally: `start with "…"` before the answer, `say`, `include`, `end with "…"` after
 * it.
 */
function quoted(instructions: string): { readonly before: string[]; readonly after: string[] } {
  const all = [...instructions.matchAll(ORDERED)].map(({ groups }) => ({
    first: /^(?:start|begin)/iu.test(groups?.['verb'] ?? ''),
    text: groups?.['text'] ?? '',
  }));
  const texts = (first: boolean): string[] => all.filter((each) => each.first === first).map(({ text }) => text);
  return { before: texts(true), after: texts(false) };
}
