'use strict';
// The value nearest to the pointer, or the one chosen with the arrow keys, shows in a box. Without a script the browser
// shows the same text by itself.
for (const plot of document.querySelectorAll('.plot')) {
  const area = plot.querySelector('.area');
  const marks = [...area.querySelectorAll('.mark')].map(element => {
    const title = element.querySelector('title');
    const text = title.textContent;
    title.remove();
    return { element, text };
  });
  if (!marks.length) continue;
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.setAttribute('role', 'status');
  plot.append(tip);
  let here = -1;
  const middle = mark => {
    const box = mark.element.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2, top: box.top };
  };
  const show = index => {
    if (here >= 0) marks[here].element.classList.remove('here');
    here = index;
    if (here < 0) {
      tip.textContent = '';
      return;
    }
    const mark = marks[here];
    mark.element.classList.add('here');
    tip.textContent = mark.text;
    const frame = plot.getBoundingClientRect();
    const at = middle(mark);
    const left = Math.max(-40, Math.min(frame.width - tip.offsetWidth + 8, at.x - frame.left - tip.offsetWidth / 2));
    const above = at.top - frame.top - tip.offsetHeight - 10;
    tip.style.left = left + 'px';
    tip.style.top = (above < -20 ? at.top - frame.top + 16 : above) + 'px';
  };
  plot.addEventListener('pointermove', event => {
    let best = -1;
    let least = Infinity;
    marks.forEach((mark, index) => {
      const at = middle(mark);
      // Mainly across: a line has one value there.
      const distance = Math.abs(at.x - event.clientX) + 0.3 * Math.abs(at.y - event.clientY);
      if (distance < least) {
        least = distance;
        best = index;
      }
    });
    show(best);
  });
  plot.addEventListener('pointerleave', () => show(-1));
  area.addEventListener('blur', () => show(-1));
  area.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      show(Math.max(0, Math.min(marks.length - 1, here + step)));
      event.preventDefault();
    } else if (event.key === 'Escape') {
      show(-1);
    }
  });
}
// A table that is wider than the page says so.
for (const box of document.querySelectorAll('.table')) {
  const scroll = box.querySelector('.scroll');
  const hint = document.createElement('p');
  hint.className = 'scroll-hint';
  hint.textContent = 'This table is wider than the page: scroll it sideways.';
  box.append(hint);
  const update = () => { hint.hidden = scroll.scrollWidth <= scroll.clientWidth + 1; };
  new ResizeObserver(update).observe(scroll);
  update();
}
