import { clockTime } from './dates.js';
import { h } from './dom.js';
import { paintAvatar } from './people.js';
import { renderReply } from './reply.js';

/** Draws entries of the conversation as `me` sees them. */
export function messageView({ me, personNamed, onButton, onResend }) {
  function message({ side, avatar, name, tag, at }, bubble) {
    return h(
      'article',
      { class: `message ${side}`, 'aria-label': `${name} ${clockTime(at)}` },
      avatar,
      h(
        'div',
        { class: 'message-body' },
        h(
          'p',
          { class: 'meta' },
          h('span', { class: 'meta-name' }, name),
          tag ? h('span', { class: 'tag' }, tag) : null,
          h('time', { datetime: at }, clockTime(at)),
        ),
        h('div', { class: 'bubble' }, bubble),
      ),
    );
  }

  const fromBot = (reply, at, tag) =>
    message(
      {
        side: tag === posted ? 'bot posted' : 'bot',
        avatar: h('span', { class: 'avatar', 'data-shade': 'bot', 'aria-hidden': 'true' }, '督办'),
        name: '督办助手',
        tag,
        at,
      },
      renderReply(reply, onButton),
    );

  const fromPerson = ({ user, text, at }) =>
    message(
      {
        side: user === me.name ? 'own' : 'other',
        avatar: paintAvatar(h('span', { class: 'avatar', 'aria-hidden': 'true' }), personNamed(user)),
        name: user,
        at,
      },
      h('p', { class: 'plain-text' }, text),
    );

  function outcome(entry) {
    switch (entry.status) {
      case 'sending':
        return [h('p', { class: 'delivery muted' }, '发送中……')];
      case 'failed':
        return [
          h(
            'p',
            { class: 'delivery failed' },
            `发送失败：${entry.error}`,
            entry.again ? h('button', { type: 'button', onclick: () => onResend(entry) }, '重发') : null,
          ),
        ];
      default:
        return entry.replies.length > 0
          ? entry.replies.map((reply) => fromBot(reply, entry.at, '机器人'))
          : [h('p', { class: 'delivery muted' }, '已送达，督办助手不用回复')];
    }
  }

  return {
    render(entry) {
      if (entry.kind === 'posted') return h('div', { class: 'entry' }, fromBot(entry.reply, entry.at, posted));
      return h('div', { class: 'entry' }, fromPerson(entry), h('div', { class: 'outcome' }, ...outcome(entry)));
    },
    /** Only what follows the person's words changes, so that a screen reader reads only that. */
    update(element, entry) {
      element.querySelector('.outcome').replaceChildren(...outcome(entry));
    },
  };
}

const posted = '主动推送';
