// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/authorizer.h>
#include <QtDelivery/error.h>

#include <QList>

namespace QtDelivery {

/*! \brief Rules from a text file, one a line: who, what, which flows.

    \code{.unparsed}
    # peer                          may      flows
    secret:press-7                  produce  press-7.*
    certificate:billing.example     consume  orders
    pin:9f86d081884c7d65…           produce  backup
    anyone                          consume  news
    \endcode

    The peer is `secret:` with the name of a SharedSecret, `certificate:` with a name of a verified
    certificate, `pin:` with the 64 digits of TlsSettings::pinOf(), or `anyone`, which is everybody
    who can connect. In the first two a space is written `%20`, a percent sign `%25`. It may
    `produce` or `consume` the flow that the rest of the line names; `*` at the end stands for
    whatever follows, also for nothing. Empty lines and those that begin with `#` do not count. What
    no line allows is refused, but for the peers that Authorizer always allows. */
class QTDELIVERY_EXPORT FileAuthorizer : public Authorizer
{
public:
    FileAuthorizer();
    ~FileAuthorizer() override;

    /*! Reads \a fileName and replaces the rules. An error names the file, and the line, and leaves
        everything as it was. Reads at once: in a GUI, not from a slow disk. */
    Error load(const QString &fileName);

    [[nodiscard]] bool mayProduce(const PeerIdentity &peer,
                                  const QString &producerId) const override;
    [[nodiscard]] bool mayConsume(const PeerIdentity &peer,
                                  const QString &producerId) const override;

private:
    enum class Who { Secret, Certificate, Pin, Anyone };
    struct Rule
    {
        Who who = Who::Anyone;
        QString name;
        QByteArray pin;
        bool mayProduce = false;
        QString flow; // or how it begins
        bool isPrefix = false;
    };

    [[nodiscard]] static bool parse(const QString &line, Rule *rule);
    [[nodiscard]] static bool fits(const Rule &rule, const PeerIdentity &peer);
    [[nodiscard]] bool isAllowed(const PeerIdentity &peer, bool produces,
                                 const QString &flow) const;

    QList<Rule> m_rules;
};

} // namespace QtDelivery
