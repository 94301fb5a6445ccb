// Follows what runs: asks for the same page again and puts in what is new, so that focus, open logs and the place in the page
// stay. Ends when the page no longer asks to be followed.
'use strict';
(() => {
  const said = document.getElementById('followed');
  const every = Number(said.dataset.follow);
  const states = () => [...document.querySelectorAll('.status')].map(s => s.textContent).join();

  const renew = fresh => {
    const before = states();
    for (const part of fresh.querySelectorAll('.live[id]')) {
      const here = document.getElementById(part.id);
      if (here && here.innerHTML !== part.innerHTML) {
        const end = here.tagName === 'PRE' && here.scrollTop + here.clientHeight >= here.scrollHeight - 8;
        here.innerHTML = part.innerHTML;
        if (end) here.scrollTop = here.scrollHeight;
      }
    }
    for (const list of fresh.querySelectorAll('.grows[id]')) {
      const here = document.getElementById(list.id);
      for (const one of [...list.children]) {
        if (here && one.id && !document.getElementById(one.id)) here.append(one);
      }
      if (here && list.querySelector('[id]')) here.querySelectorAll(':scope > .none').forEach(n => n.remove());
    }
    if (states() !== before) {
      const own = document.querySelector('dd .status'); // of the job that the page is about
      said.textContent = own ? `It is ${own.textContent} now.` : 'The list has changed.';
    }
  };

  const look = async () => {
    let more = true;
    try {
      if (!document.hidden) {
        const answer = await fetch(location.href, { cache: 'no-store' });
        if (answer.ok) {
          const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
          renew(fresh);
          more = fresh.getElementById('followed') !== null;
        }
      }
    } catch (e) {
      said.textContent = 'The portal does not answer: it may have been ended.';
    }
    if (more) setTimeout(look, every);
  };
  setTimeout(look, every);
})();
