"""One address of every kind of page, in Dutch; each exists under `/en` too."""

LESSON = "/praktijken/integrated-care-emmen/lessen/maak-de-stap-naar-hulp-klein-en-de-reactie-snel/"
SITUATION = (
    "/vergelijken/situatie/?schoolsoort=basisonderwijs&grootte=small&omgeving=village"
    "&wijkteam=at_school&budget=municipality"
)
SELECTION = "/selectie/?les=12&les=7&praktijk=orion&pad=integrated-care-emmen/de-bron"
COMPARISON = "/vergelijken/?praktijk=orion&praktijk=integrated-care-emmen"
PATHS = "/vergelijken/paden/"

MATRIX = "/vergelijken/matrix/"
# More practices than fit on a screen.
WIDE_MATRIX = MATRIX + "?" + "&".join(
    f"praktijk={slug}"
    for slug in (
        "orion", "veens-welzijn", "integrated-care-emmen", "school-in-de-wijk-almere", "roermond",
        "jos-de-meierij", "zuid-limburg", "zuid-kennemerland",
    )
)  # fmt: skip
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
    "search with something on top": "/zoeken/?q=wachtlijst",
    "search without results": "/zoeken/?q=xyzzyx",
    "selection": SELECTION,
    "empty selection": "/selectie/",
    "choose practices": "/vergelijken/",
    "comparison": COMPARISON,
    "own situation": "/vergelijken/situatie/",
    "own situation beside the practices": SITUATION,
    "paths side by side": PATHS,
    "paths by date": f"{PATHS}?as=datum",
    "paths in months": f"{PATHS}?as=maanden&praktijk=integrated-care-emmen&praktijk=veens-welzijn",
    "choose paths": f"{PATHS}?school=orion/twee-scholen",
    "matrix": MATRIX,
    "wide matrix": WIDE_MATRIX,
    "matrix of themes": f"{MATRIX}?rijen=thema",
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
    "report a problem": "/melden/?over=/praktijken/orion/",
    "ask a practice": "/contact/orion/",
    "sign in": "/account/inloggen/",
    "not found": "/bestaat-niet/",
}
