from django.http import Http404


def search(request):
    raise Http404


def compare(request):
    raise Http404
