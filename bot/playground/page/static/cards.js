// Where Microsoft's renderer of Adaptive Cards is installed, it draws the cards of the gallery instead of our own.
"use strict";

const markdown = window.markdownit({ html: false });
// What the tags of the card's mentions look like once markdown has been read; nothing else may look like them.
let mentions = [];

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  for (const { tag, name } of mentions) result.outputHtml = result.outputHtml.replaceAll(tag, name);
  result.didProcess = true;
};

const asHtml = (text) => markdown.renderInline(text);

for (const place of document.querySelectorAll("[data-card]")) {
  const json = JSON.parse(place.dataset.card);
  mentions = (json.msteams?.entities ?? []).map((one) => ({
    tag: asHtml(one.text),
    name: `<span class="mention">${asHtml(one.mentioned.name)}</span>`,
  }));
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig({
    fontFamily: "inherit",
    actions: { maxActions: 6, actionsOrientation: "horizontal", showCard: { actionMode: "inline" } },
  });
  card.parse(json);
  const drawn = card.render();
  if (drawn) place.replaceChildren(drawn);
}
