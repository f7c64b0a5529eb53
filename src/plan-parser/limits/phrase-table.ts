import { dateForms } from './date-forms.js';
import { oddRecurrences } from './odd-recurrences.js';
import type { PhraseForm } from './phrase-form.js';
import { recurrenceForms } from './recurrence-forms.js';
import { relativeForms } from './relative-forms.js';
import { windowForms } from './window-forms.js';

/** Every way of writing a limit. Of two that begin at one place the longer wins. */
export const phraseForms: PhraseForm[] = [
  ...windowForms,
  ...dateForms,
  ...relativeForms,
  ...recurrenceForms,
  ...oddRecurrences,
];
