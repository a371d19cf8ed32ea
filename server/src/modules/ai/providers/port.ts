export * from '#kernel/ai.ts';
