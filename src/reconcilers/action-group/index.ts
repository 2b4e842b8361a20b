import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

export const actionGroup = armKind({
  kind: 'ActionGroup',
  schema,
  type: 'Microsoft.Insights/actionGroups',
  apiVersion: '2023-01-01',
  nameRule: { scope: 'group', pattern: /^[^:<>+/&%\\?|]{0,259}[^:<>+/&%\\?|. ]$/, maxLength: 260, style: 'kebab' },
  fixed: { location: 'Global' },
  keepsSecrets: true,
  readOnly: ['/properties/emailReceivers/*/status', '/properties/smsReceivers/*/status'],
});
