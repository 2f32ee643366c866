// SPDX-License-Identifier: GPL-3.0-or-later
//
// A network of its own for every node, so that one can be cut off from the others and still be asked by the
// test: the test's process is the router between them and drops what must not pass. Nameless network
// namespaces, which vanish with the last process in them; nothing outside is touched. Needs root and
// iproute2.
#pragma once

#include <QString>
#include <memory>
#include <vector>

namespace dsmsg::test {

class PrivateNetwork
{
public:
    /// Moves the calling thread, and with it everything it starts from then on, into a namespace of its own.
    /// Null when the system does not allow it; `whyNot` says why in words.
    static std::unique_ptr<PrivateNetwork> create(int nodes, QString& whyNot);
    ~PrivateNetwork();

    int namespaceOf(int node) const { return namespaces_[static_cast<std::size_t>(node)]; }
    QString addressOf(int node) const;
    /// No packet passes between this node and any other; the test reaches all of them.
    bool cutOff(int node);
    bool heal();

private:
    explicit PrivateNetwork(int nodes);
    QString setUp();
    QString connectNode(int node);
    bool ip(const QString& arguments, int networkNamespace = -1);

    std::vector<int> namespaces_; ///< one a node
    std::vector<QString> rules_;  ///< in force
    QString complaint_;           ///< of the last failed command
};

} // namespace dsmsg::test
