import type { Message } from '#lib/i18n.ts';
import type { metrics as en } from '../en/metrics.ts';

export const metrics: Record<keyof typeof en, Message> = {
  'metrics.title': '指标',
  'metrics.one': '指标',
  'metrics.lead': '工作流保存并据以决策的数值。样本保留 30 天。',
  'metrics.search': '搜索指标',
  'metrics.none': '没有名称包含此内容',
  'metrics.none.text': '没有名称中包含此内容的指标。',
  'metrics.empty': '尚无数值',
  'metrics.empty.text':
    '工作流通过 Monitoring 节点的 emit_metric 操作保存数值：名称（如 edge.latency）、说明对象的标签以及值。每次运行增加一个样本；其他工作流用 metric 探测查看这些数值，并等待其恢复正常。',
  'metrics.empty.action': '前往工作流',
  'metrics.name': '名称',
  'metrics.labels': '标签',
  'metrics.last': '最新值',
  'metrics.unit': '单位',
  'metrics.when': '时间',
  'metrics.samples': '样本',
  'metrics.range': '时间范围',
  'metrics.range.hour': '最近一小时',
  'metrics.range.day': '最近一天',
  'metrics.range.week': '最近一周',
  'metrics.range.month': '最近 30 天',
  'metrics.chart': '{name}，{range}：介于 {min} 与 {max} 之间',
  'metrics.avg': '平均值',
  'metrics.min': '最小值',
  'metrics.max': '最大值',
  'metrics.table': '以表格显示',
  'metrics.window.none': '此时间范围内没有保存数值。请选择更长的范围。',
};
