// SPDX-License-Identifier: GPL-3.0-or-later
//
// Qt HTTP Server as what it is good at: turning a complete request head into method, URL and headers. It
// never owns a client's socket. RequestFramer has already checked and cut out exactly one head; that head
// goes through a socket without a descriptor into one QAbstractHttpServer for the whole front, is parsed
// within the call, and is copied out before the call returns. So nothing of Qt's is alive while an answer is
// pending: no responder with a dangling socket, no request object shared by pipelined requests, no answer
// framed by Qt (QT.md, HTTP). The body does not pass through Qt: it would be copied twice more.
//
// QtRequestParser.cpp is the one place that knows the difference between Qt 6.4 and 6.8. Measured on 6.4: 2.5
// us a head, against 4 us with body and framing headers. A client on a kept connection sends the same head
// again and again (what frames the body is cut out of it), so the last few are remembered.
#pragma once

#include <memory>
#include <string_view>

#include "core/http/Request.h"

namespace dsmsg::http {

/// Lives in the HTTP thread.
class QtRequestParser
{
public:
    QtRequestParser();
    ~QtRequestParser();
    QtRequestParser(const QtRequestParser&) = delete;
    QtRequestParser& operator=(const QtRequestParser&) = delete;

    /// `head`: request line and headers up to and with the empty line, none of them announcing a body or an
    /// upgrade. Null: Qt refuses it, which is a 400. The request is the parser's, valid until the next call;
    /// its body is empty and the caller's to set.
    Request* parse(std::string_view head);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace dsmsg::http
