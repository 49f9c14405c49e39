export interface Emoji {
  readonly emoji: string;
  readonly name: string;
}

const table =
  '👍 thumbsup|👎 thumbsdown|❤️ heart|🎉 tada|😄 smile|😂 joy|🙏 pray|🔥 fire|🚀 rocket|👀 eyes|✅ check|💯 hundred|' +
  '😀 grinning|😅 sweat_smile|🤣 rofl|🙂 slight_smile|😉 wink|😊 blush|😍 heart_eyes|😘 kiss|😜 zany|🤔 thinking|🤨 raised_eyebrow|😐 neutral|😴 sleeping|😎 cool|🤓 nerd|🥳 party|😭 sob|😢 cry|😡 angry|😱 scream|🤯 mind_blown|😇 angel|🤝 handshake|' +
  '👏 clap|🙌 raised_hands|👋 wave|🤙 call_me|✌️ victory|🤞 crossed_fingers|👌 ok_hand|💪 muscle|🫡 salute|🤷 shrug|🤦 facepalm|' +
  '⭐ star|✨ sparkles|⚡ zap|☀️ sunny|🌈 rainbow|🌱 seedling|🌍 earth|🐛 bug|🐢 turtle|🦄 unicorn|🐙 octopus|' +
  '☕ coffee|🍕 pizza|🍰 cake|🍎 apple|🍻 beers|🥐 croissant|' +
  '💡 idea|📌 pushpin|📎 paperclip|📅 calendar|📈 chart_up|📉 chart_down|📣 megaphone|🔒 lock|🔧 wrench|🧪 test_tube|🧹 broom|🎯 target|🏁 finish|🏆 trophy|🎵 music|💬 speech|❓ question|❗ exclamation|⚠️ warning|🛑 stop|⏳ hourglass|➕ plus|❌ cross';

/** A small set that says most of what people say; any other can be typed or pasted. */
export const emojis: readonly Emoji[] = table.split('|').map((entry) => {
  const [emoji, name] = entry.split(' ') as [string, string];
  return { emoji, name };
});

/** Those whose name holds the query, those that begin with it first. Pure. */
export function findEmoji(query: string): readonly Emoji[] {
  const found = emojis.filter(({ name }) => name.includes(query));
  return [...found.filter(({ name }) => name.startsWith(query)), ...found.filter(({ name }) => !name.startsWith(query))];
}
