/**
 * What the models and servers take, so that a first request needn't fail to find out. What the table doesn't know is
 * learned from the server's refusal (`refusals.ts`); what an owner knows better stands in the shop's settings.
 * As of 2026-11: OpenAI's model pages and API errors, and what its models' users report.
 */
import { type Capabilities, REASONING_EFFORTS, type ReasoningEffort } from './types.ts';

/** Any server that says it is compatible: only what all of them know. */
const COMPATIBLE: Capabilities = {
  temperature: true,
  reasoningEfforts: [],
  reasonsWithTools: true,
  strictTools: false,
  encryptedReasoning: false,
  fileSearch: false,
  countsInput: false,
  usageInStream: true,
  obfuscation: false,
  developerRole: false,
  maxTokensField: 'max_tokens',
  parallelToolCalls: true,
  toolChoice: true,
  promptCacheKey: false,
  safetyIdentifier: false,
  thinksFirst: false,
};

/** OpenAI's, where no family below says otherwise. They reason, so they take no temperature. */
const OPENAI: Capabilities = {
  ...COMPATIBLE,
  temperature: false,
  reasoningEfforts: REASONING_EFFORTS,
  strictTools: true,
  encryptedReasoning: true,
  obfuscation: true,
  developerRole: true,
  maxTokensField: 'max_completion_tokens',
  promptCacheKey: true,
  safetyIdentifier: true,
};

const LOW_TO_HIGH: readonly ReasoningEffort[] = ['low', 'medium', 'high'];
const LOW_TO_MAX: readonly ReasoningEffort[] = [...LOW_TO_HIGH, 'xhigh', 'max'];

/** By the beginning of a model's name; the first that fits. */
const FAMILIES: readonly [name: RegExp, capabilities: Capabilities][] = [
  // Open weights, on anybody's server.
  [/^gpt-oss/, { ...COMPATIBLE, reasoningEfforts: LOW_TO_HIGH }],
  [/^gpt-(6-astra|6\.1-sol)/, { ...OPENAI, reasoningEfforts: LOW_TO_MAX, reasonsWithTools: false }],
  [/^gpt-(5\.6|6)/, { ...OPENAI, reasoningEfforts: ['none', ...LOW_TO_MAX], reasonsWithTools: false }],
  [/^gpt-5\./, { ...OPENAI, reasoningEfforts: ['none', ...LOW_TO_HIGH, 'xhigh'] }],
  [/^gpt-5/, { ...OPENAI, reasoningEfforts: ['minimal', ...LOW_TO_HIGH] }],
  [/^o\d/, { ...OPENAI, reasoningEfforts: LOW_TO_HIGH, parallelToolCalls: false }],
  [
    /^(gpt-[34]|chatgpt-)/,
    { ...OPENAI, temperature: true, reasoningEfforts: [], encryptedReasoning: false, developerRole: false },
  ],
  [/^gpt-/, OPENAI],
  // Google's server answers 400 to every field that it doesn't know.
  [/^gemini-/, { ...COMPATIBLE, reasoningEfforts: LOW_TO_HIGH, parallelToolCalls: false }],
];

/** Ollama's port. It documents `tool_choice` as not supported. */
const OLLAMA_PORT = '11434';
/** Hosts whose models are OpenAI's, whatever a deployment is called. */
const OPENAI_HOSTS = /(^|\.)(api\.openai\.com|openai\.azure\.com|services\.ai\.azure\.com)$/;

export interface ModelAddress {
  model: string;
  baseUrl: string;
}

/** @param known what the owner says of this model; it stands above the table */
export function capabilitiesOf({ model, baseUrl }: ModelAddress, known: Partial<Capabilities> = {}): Capabilities {
  // Gateways put the maker in front, fine-tuned models say so: openai/gpt-6-luna, ft:gpt-4o-mini:acme.
  const name = model
    .slice(model.lastIndexOf('/') + 1)
    .replace(/^ft:/, '')
    .toLowerCase();
  const family = FAMILIES.find(([pattern]) => pattern.test(name))?.[1];
  const { hostname, port } = new URL(baseUrl);
  return {
    ...(family ?? (OPENAI_HOSTS.test(hostname) ? OPENAI : COMPATIBLE)),
    // Gateways that speak the same language seldom have more than the one endpoint.
    countsInput: OPENAI_HOSTS.test(hostname),
    fileSearch: OPENAI_HOSTS.test(hostname),
    ...(port === OLLAMA_PORT && { toolChoice: false }),
    ...known,
  };
}
