import { inCategory, like, optional, secret, text, url } from '../template.ts';

const model = inCategory('AI');

export const ai = [
  model('openai', 'OpenAI', secret('OPENAI_API_KEY', 'API key', 'Of a project, rather than of a person', like('^sk-')), text('OPENAI_ORG_ID', 'Organisation ID', 'Settings, General', { ...optional, ...like('^org-') })),
  model('anthropic', 'Anthropic', secret('ANTHROPIC_API_KEY', 'API key', 'Console, API keys', like('^sk-ant-'))),
  model('google-gemini', 'Google Gemini', secret('GEMINI_API_KEY', 'API key', 'Google AI Studio')),
  model('mistral', 'Mistral AI', secret('MISTRAL_API_KEY', 'API key', 'Workspace, API keys')),
  model('cohere', 'Cohere', secret('CO_API_KEY', 'API key', 'Dashboard, API keys')),
  model('hugging-face', 'Hugging Face', secret('HF_TOKEN', 'Access token', 'Settings, Access tokens; begins with hf_', like('^hf_'))),
  model('replicate', 'Replicate', secret('REPLICATE_API_TOKEN', 'API token', 'Account, API tokens; begins with r8_', like('^r8_'))),
  model('groq', 'Groq', secret('GROQ_API_KEY', 'API key', 'Console, API keys; begins with gsk_', like('^gsk_'))),
  model('azure-openai', 'Azure OpenAI', url('AZURE_OPENAI_ENDPOINT', 'Endpoint', 'Of the resource'), secret('AZURE_OPENAI_API_KEY', 'Key', 'Keys and endpoint: either of the two')),
  model('openrouter', 'OpenRouter', secret('OPENROUTER_API_KEY', 'API key', 'Settings, Keys; begins with sk-or-', like('^sk-or-'))),
  model('perplexity', 'Perplexity', secret('PERPLEXITY_API_KEY', 'API key', 'Settings, API; begins with pplx-', like('^pplx-'))),
  model('elevenlabs', 'ElevenLabs', secret('ELEVENLABS_API_KEY', 'API key', 'Profile, API keys')),
  model('deepl', 'DeepL', secret('DEEPL_AUTH_KEY', 'Authentication key', 'Account; that of the free plan ends in :fx')),
  model('pinecone', 'Pinecone', secret('PINECONE_API_KEY', 'API key', 'Project, API keys')),
]; // prettier-ignore
