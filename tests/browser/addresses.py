"""One address of every kind of page, in Dutch; each exists under `/en` too."""

LESSON = "/praktijken/integrated-care-emmen/lessen/maak-de-stap-naar-hulp-klein-en-de-reactie-snel/"
SELECTION = "/selectie/?les=12&les=7&praktijk=orion&pad=integrated-care-emmen/de-bron"
COMPARISON = "/vergelijken/?praktijk=orion&praktijk=integrated-care-emmen"

PAGES = {
    "home": "/",
    "practices": "/praktijken/",
    "practice": "/praktijken/integrated-care-emmen/",
    "example from elsewhere": "/praktijken/school-in-de-wijk-almere/",
    "paths": "/praktijken/integrated-care-emmen/ontwikkelpad/",
    "path": "/praktijken/integrated-care-emmen/ontwikkelpad/de-bron/",
    "lessons": "/praktijken/integrated-care-emmen/lessen/",
    "lesson": LESSON,
    "downloads": "/praktijken/orion/downloads/",
    "search": "/zoeken/?q=tandem",
    "search without results": "/zoeken/?q=xyzzyx",
    "selection": SELECTION,
    "empty selection": "/selectie/",
    "choose practices": "/vergelijken/",
    "comparison": COMPARISON,
    "themes": "/themas/",
    "theme": "/themas/rolverdeling-en-regie/",
    "theme without lessons": "/themas/echtscheiding/",
    "glossary": "/begrippen/",
    "news": "/nieuws/",
    "news item": "/nieuws/publieksverslag-samenwerking-die-groeit/",
    "about": "/over/",
    "accessibility": "/toegankelijkheid/",
    "sign in": "/account/inloggen/",
    "not found": "/bestaat-niet/",
}
