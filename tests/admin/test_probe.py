import pytest, time
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import *
from tests.admin.forms import *
from lessons.models import LessonPage

def test_probe(client, leader, practice, lesson, professional):
    path=DevelopmentPathPageFactory(parent=practice)
    PathStepFactory(page=path)
    client.force_login(leader)
    for name,url in [("home",edit(make_site())),("lesson",edit(lesson)),("newlesson",add(LessonPage, lessons_of(practice))),("practice",edit(practice)),("path",edit(path)),("idx",edit(lessons_of(practice))),("news",edit(NewsPageFactory())),("info",edit(InformationPageFactory()))]:
        with CaptureQueriesContext(connection) as c:
            t=time.time(); r=client.get(url); t=time.time()-t
        print(name, r.status_code, len(c), round(t,2), len(r.content))
        open(f"/tmp/w/probe_{name}.html","wb").write(r.content)
        print({k:v for k,v in fields_of(r).items() if "comments" not in k})
