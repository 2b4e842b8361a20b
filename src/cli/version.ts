import manifest from '../../package.json' with { type: 'json' };

export const VERSION: string = manifest.version;

/** Names the tool in requests and in plans. */
export const TOOL = `ingate/${VERSION}`;
