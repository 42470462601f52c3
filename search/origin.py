"""Who may post to us without a token.

A page that anybody may keep holds no token: a proxy would hand out one visitor's to the next. What
is posted from such a page belongs to nobody, or to the browser that posts it, so it is enough to
know that a page of ours sent it. Browsers say so themselves, and no page can make them lie.
"""

from django.http import HttpRequest


def comes_from_this_site(request: HttpRequest) -> bool:
    # Browsers of before 2023 say only the origin.
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
