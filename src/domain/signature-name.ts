export const signatureName = (signedOff: boolean) => (signedOff ? '已审签' : '未审签');
