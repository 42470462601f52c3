from django.http import Http404


def serve_document(request, document_id, document_filename):
    raise Http404


def serve_rendition(request, name):
    raise Http404
