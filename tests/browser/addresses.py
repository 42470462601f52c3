"""One address of every kind of page, in Dutch; each exists under `/en` too."""

LESSON = "/praktijken/integrated-care-emmen/lessen/maak-de-stap-naar-hulp-klein-en-de-reactie-snel/"
COMPARISON = "/vergelijken/?praktijk=orion&praktijk=integrated-care-emmen"
SCHOOLS = "/vergelijken/?school=de-bron&school=de-bascule&school=aan-de-basis"
QUESTION = "/vergelijken/vraag/?q=wachttijd"

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
    "choose practices": "/vergelijken/",
    "comparison": COMPARISON,
    "comparison of schools": SCHOOLS,
    "comparison on a question": QUESTION,
    "where to ask a question": "/vergelijken/vraag/",
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
