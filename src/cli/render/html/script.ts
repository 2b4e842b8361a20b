/** The filter of the report. Without it everything is shown. What was chosen is kept in the address, so that it can be sent. */
export const SCRIPT = `
'use strict';
(() => {
  const form = document.getElementById('filter');
  const text = document.getElementById('filter-text');
  const count = document.getElementById('filter-count');
  const cards = [...document.querySelectorAll('[data-change]')];
  const boxes = [...form.querySelectorAll('input[type=checkbox]')];
  form.hidden = false;
  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    const actions = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    for (const card of cards) {
      const fits = actions.has(card.dataset.change) && card.textContent.toLowerCase().includes(wanted);
      card.hidden = !fits;
      if (fits) shown++;
    }
    count.textContent = shown + ' of ' + cards.length + ' changes shown';
  };
  const keep = () => {
    const off = boxes.filter((box) => !box.checked).map((box) => box.value);
    const state = new URLSearchParams();
    if (text.value !== '') state.set('q', text.value);
    if (off.length > 0) state.set('off', off.join(','));
    history.replaceState(null, '', '#' + state);
  };
  const restore = () => {
    if (location.hash.startsWith('#r-')) return;
    const state = new URLSearchParams(location.hash.slice(1));
    text.value = state.get('q') ?? '';
    const off = (state.get('off') ?? '').split(',');
    for (const box of boxes) box.checked = !off.includes(box.value);
  };
  form.addEventListener('input', () => { apply(); keep(); });
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', () => { restore(); apply(); });
  restore();
  apply();
})();
`;
