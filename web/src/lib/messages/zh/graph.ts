import type { Message } from '#lib/i18n.ts';
import type { graph as en } from '../en/graph.ts';

export const graph: Record<keyof typeof en, Message> = {
  'graph.effect.effect': '有改动',
  'graph.effect.read': '从外部读取',
  'graph.effect.wait': '等待',
  'graph.mark.added': '新增',
  'graph.mark.removed': '移除',
  'graph.mark.changed': '更改',
  'graph.zoomIn': '放大',
  'graph.zoomOut': '缩小',
  'graph.fit': '显示全部',
  'executions.state.queued': '排队中',
  'executions.state.pending': '未开始',
  'executions.state.running': '运行中',
  'executions.state.retrying': '正在重试',
  'executions.state.waiting': '等待中',
  'executions.state.paused': '需要人工处理',
  'executions.state.completed': '已完成',
  'executions.state.partial_success': '部分完成',
  'executions.state.failed': '失败',
  'executions.state.timed_out': '超时',
  'executions.state.skipped': '已跳过',
  'executions.state.cancelled': '已取消',
  'executions.state.in_doubt': '结果不明',
};
