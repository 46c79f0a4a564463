// Notes when the page last changed: its elements, what is painted on a canvas, tasks of the browser, and the frame that showed it.
// What no eye sees does not count: the copy of a painted table inside its canvas, which readers' aids read and which follows a fifth of a second
// later, and a list's announcements to them.
(() => {
  const seen = { began: 0, last: 0, parts: {} };
  window.benchSeen = seen;
  const OUTSIDE = 'head, [data-testid="stStatusWidget"], [data-testid="stToolbar"], [data-live-announcer]';
  let isFramePending = false;
  const note = (part, moment) => {
    seen.parts[part] = Math.max(seen.parts[part] || 0, moment);
    seen.last = Math.max(seen.last, moment);
  };
  const noteFrame = () => {
    if (isFramePending) return;
    isFramePending = true;
    requestAnimationFrame(() => setTimeout(() => { isFramePending = false; note('frame', performance.now()); }));
  };
  const changed = part => { note(part, performance.now()); noteFrame(); };
  const isOutside = node => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element?.closest(OUTSIDE) || element?.parentElement?.closest('canvas');
  };
  new MutationObserver(changes => { if (changes.some(change => !isOutside(change.target))) changed('elements'); })
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  new PerformanceObserver(list => { for (const task of list.getEntries()) note('tasks', task.startTime + task.duration); })
    .observe({ type: 'longtask', buffered: true });
  const painting = (kind, names) => {
    for (const name of names) {
      const original = kind.prototype[name];
      kind.prototype[name] = function (...given) { changed('canvas'); return original.apply(this, given); };
    }
  };
  painting(CanvasRenderingContext2D, ['clearRect', 'fillRect', 'fill', 'stroke', 'fillText', 'drawImage']);
  painting(WebGLRenderingContext, ['clear', 'drawArrays', 'drawElements']);
  for (const kind of ['click', 'keydown']) addEventListener(kind, () => { seen.began ||= performance.now(); }, true);
})();
