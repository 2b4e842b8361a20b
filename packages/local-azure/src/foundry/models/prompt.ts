import type { Json } from '../../engine/json.ts';

/** One message of a dialogue, its content as plain text. */
export interface Message {
  readonly role: 'system' | 'developer' | 'user' | 'assistant';
  readonly text: string;
}

/** Request to a model. */
export interface Prompt {
  /** Name of the model deployment; empty for hosted agents. */
  readonly deployment: string;
  /** Name of the agent that asks; undefined when the model is called directly. */
  readonly agent: string | undefined;
  readonly instructions: string;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Text to answer from, the most relevant part of which is looked up. */
  readonly knowledge: readonly Passage[];
  /** `text.format` of the Responses API: what the answer must look like. */
  readonly format: Json | undefined;
}

/** A piece of text that an answer can be taken from. */
export interface Passage {
  /** Id of the file, or of the row. */
  readonly source: string;
  readonly name: string;
  readonly text: string;
}

/** Who answered: a scripted reply, a passage that was found, an echo, or a real model. */
export type AnsweredBy = 'script' | 'retrieval' | 'echo' | 'endpoint';

export interface ModelAnswer {
  readonly text: string;
  readonly answeredBy: AnsweredBy;
  /** Source of the answer. */
  readonly passage: Passage | undefined;
  readonly usage: Usage;
}

export interface Usage {
  readonly input: number;
  readonly output: number;
}

/** The last message of the user; empty when there is none. */
export function lastInput({ messages }: Pick<Prompt, 'messages'>): string {
  return messages.findLast(({ role }) => role === 'user')?.text ?? '';
}
