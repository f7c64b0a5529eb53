/** A notice that no ledger of the tests holds, with two tasks and a unit that the roster does not know. */
export const newPlan = [
  '芮城县人民政府办公室关于印发《芮城县2024年消防安全工作方案》的通知',
  '各乡镇人民政府：',
  '《芮城县2024年消防安全工作方案》已经县政府同意，现印发给你们。',
  '芮城县人民政府办公室',
  '2024年2月5日',
  '芮城县2024年消防安全工作方案',
  '一、主要任务',
  '1．整治高层建筑。6月底前完成高层建筑消防设施检测。（县消防救援大队牵头，县住建局配合）',
  '2．打通消防通道。每季度开展一次检查。（县公安局牵头）',
].join('\n');
