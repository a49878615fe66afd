// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// A shopping cart whose commands are a std::variant, sent as CBOR. Both sides are in this program,
// each with a node of its own, connected by a local socket. Ends by itself:
//
//     typed-orders

#include "orders.h"

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/typedconsumer.h>
#include <QtDelivery/typedproducer.h>

#include <QCoreApplication>
#include <QDebug>
#include <QMap>
#include <QTextStream>

using namespace QtDelivery;

static void check(const Error &error)
{
    if (error) {
        qCritical().noquote() << error.message();
        std::exit(EXIT_FAILURE);
    }
}

/*! The consumer's application: one function for each type of message. */
class Cart
{
public:
    void handle(const AddItem &command)
    {
        m_items[command.article] += command.count;
        m_out << "add " << command.count << " x " << command.article << Qt::endl;
    }

    void handle(const RemoveItem &command)
    {
        m_items.remove(command.article);
        m_out << "remove " << command.article << Qt::endl;
    }

    void handle(const Checkout &command)
    {
        m_out << "checkout for " << command.customer << ":" << Qt::endl;
        for (auto item = m_items.cbegin(); item != m_items.cend(); ++item)
            m_out << "  " << item.value() << " x " << item.key() << Qt::endl;
        m_items.clear();
    }

private:
    QMap<QString, int> m_items;
    QTextStream m_out{stdout};
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QUrl url(QStringLiteral("local:qtdelivery-typed-orders-%1").arg(app.applicationPid()));

    const QList<CartCommand> commands{
        AddItem{.article = QStringLiteral("tea"), .count = 2},
        AddItem{.article = QStringLiteral("biscuits")},
        AddItem{.article = QStringLiteral("teapot")},
        RemoveItem{.article = QStringLiteral("biscuits")},
        AddItem{.article = QStringLiteral("tea")},
        Checkout{.customer = QStringLiteral("Ada")},
    };

    // The producer's side.
    DeliveryNode customerNode;
    ProducerController customerController(QStringLiteral("cart-of-ada"), &customerNode);
    const TypedProducer<CartCommand> customer(&customerController);
    customer.onRequestNext(&app, [&](const RequestNext &next) {
        if (next.currentSeqNr() <= commands.size())
            check(customer.send(commands.at(next.currentSeqNr() - 1)).error());
    });
    QObject::connect(&customerController, &ProducerController::confirmed, &app, [&](qint64 seqNr) {
        if (seqNr == commands.size())
            customerNode.close();
    });
    QObject::connect(&customerNode, &DeliveryNode::closed, &app, &QCoreApplication::quit);

    // The consumer's side.
    DeliveryNode shopNode;
    ConsumerController shopController(QStringLiteral("shop"), &shopNode);
    const TypedConsumer<CartCommand> shop(&shopController);
    Cart cart;
    shop.onDelivered(&app, [&](const CartCommand &command, const Delivery &delivery) {
        std::visit([&](const auto &message) { cart.handle(message); }, command);
        check(shop.confirm(delivery));
    });
    // Somebody sent what is no command. Confirming it lets the flow go on without it.
    shop.onUndecodable(&app, [&](const Error &error, const Delivery &delivery) {
        qWarning() << delivery.seqNr() << error;
        check(shop.confirm(delivery));
    });

    check(shopNode.listen(url));
    check(shopController.start(&app));
    check(shopController.registerToProducerController(QStringLiteral("cart-of-ada")));
    check(customerController.start(&app));
    check(customerNode.connectTo(url));
    return app.exec();
}
