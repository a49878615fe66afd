// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Moves money between accounts, from a process that orders it to one that books it. Kill either as
// often as you like and start it again: no cent is lost or made, and no transfer is booked twice.
//
//     exactly-once consume DIRECTORY [url]            the bank; goes on until it is stopped
//     exactly-once produce DIRECTORY [url [count]]    orders transfers 1 … count, then ends
//     exactly-once check DIRECTORY                    prints what is in the accounts
//
// default: tcp://127.0.0.1:4711 1000
//
// Who orders keeps what is not confirmed in DIRECTORY/outgoing.db, and goes on behind it when it is
// started again. The bank books a transfer and notes how far it has come in one transaction in
// DIRECTORY/bank.db, so both are there or both are missing, whenever it is killed.

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>
#include <QtDelivery/sqlconsumerprogress.h>
#include <QtDelivery/sqlproducerqueue.h>

#include <QCoreApplication>
#include <QDebug>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTextStream>

using namespace QtDelivery;
using namespace Qt::StringLiterals;

static constexpr int Accounts = 10;
static constexpr int FirstCents = 100'000; // in each account
static const QString Bank = u"bank"_s;
static const QString Orders = u"orders"_s;

[[noreturn]] static void giveUp(const QString &reason)
{
    qCritical().noquote() << reason;
    std::exit(EXIT_FAILURE); // what is not committed is rolled back, and comes again
}

static void check(const Error &error)
{
    if (error)
        giveUp(error.message());
}

static SqlConnection databaseIn(const QString &directory, const char *name)
{
    return {.driver = u"QSQLITE"_s, .databaseName = directory + u'/' + QLatin1StringView(name)};
}

/*! The accounts, and which transfers are in them. */
class Books
{
public:
    explicit Books(const SqlConnection &connection)
        : m_database(QSqlDatabase::addDatabase(connection.driver))
    {
        m_database.setDatabaseName(connection.databaseName);
        if (!m_database.open())
            giveUp(m_database.lastError().text());
    }

    /*! Ten accounts with 1,000.00 each, unless they are there. */
    void create()
    {
        // No key keeps a transfer from being booked twice: that is what is to be shown.
        begin();
        execute(u"CREATE TABLE IF NOT EXISTS transfer (id INTEGER NOT NULL)"_s);
        execute(u"CREATE TABLE IF NOT EXISTS account (id INTEGER PRIMARY KEY, cents INTEGER)"_s);
        for (int account = 0; account < Accounts; ++account)
            execute(u"INSERT OR IGNORE INTO account VALUES (?, ?)"_s, {account, FirstCents});
        commit();
    }

    /*! \a transfer is "id from to cents". */
    void book(const QByteArray &transfer, const ConsumerPosition &position)
    {
        const QList<QByteArray> parts = transfer.split(' ');
        const QString change = u"UPDATE account SET cents = cents + ? WHERE id = ?"_s;
        begin();
        execute(change, {-parts.value(3).toInt(), parts.value(1).toInt()});
        execute(change, {parts.value(3).toInt(), parts.value(2).toInt()});
        execute(u"INSERT INTO transfer VALUES (?)"_s, {parts.value(0).toLongLong()});
        check(SqlConsumerProgress::recordIn(m_database, Bank, position));
        commit();
    }

    void print()
    {
        QSqlQuery query(m_database);
        QTextStream out(stdout);
        query.exec(u"SELECT count(*), sum(cents) FROM account"_s);
        query.next();
        out << query.value(0).toInt() << " accounts, " << query.value(1).toLongLong() << " cents\n";
        query.exec(u"SELECT count(*), count(DISTINCT id) FROM transfer"_s);
        query.next();
        out << query.value(0).toLongLong() << " transfers booked, " << query.value(1).toLongLong()
            << " different ones\n";
    }

private:
    /*! Waits here for another writer, and nowhere else: what begins as a reader, as transaction()
       does, cannot wait when it is to write, since it would not see what the other has written. */
    void begin() { execute(u"BEGIN IMMEDIATE"_s); }

    void execute(const QString &statement, const QVariantList &values = {})
    {
        QSqlQuery query(m_database);
        query.prepare(statement);
        for (const QVariant &value : values)
            query.addBindValue(value);
        if (!query.exec())
            giveUp(query.lastError().text());
    }

    void commit() { execute(u"COMMIT"_s); }

    QSqlDatabase m_database;
};

static int produce(const QString &directory, const QUrl &url, qint64 count)
{
    // Whose peer is killed all the time need not wait longer and longer for it.
    DeliveryNode node(NodeSettings{.reconnectIntervalMax = std::chrono::milliseconds(300)});
    SqlProducerQueue queue(databaseIn(directory, "outgoing.db"));
    ProducerController orders(Orders, {}, &queue, &node);
    const auto sendNext = [&](const RequestNext &next) {
        // A message's number goes on after a restart, so it says where in the work this is.
        const qint64 id = next.currentSeqNr();
        if (id <= count)
            check(orders
                      .send(u"%1 %2 %3 %4"_s.arg(id)
                                .arg(id % Accounts)
                                .arg(id / 3 % Accounts)
                                .arg(id % 97)
                                .toUtf8())
                      .error());
    };
    const auto closeAfterLast = [&] {
        if (orders.confirmedSeqNr() >= count)
            node.close();
    };
    QObject::connect(&orders, &ProducerController::requestNext, &node, sendNext);
    QObject::connect(&orders, &ProducerController::loaded, &node, closeAfterLast);
    QObject::connect(&orders, &ProducerController::confirmed, &node, closeAfterLast);
    QObject::connect(&orders, &ProducerController::errorOccurred, &node, check);
    QObject::connect(&node, &DeliveryNode::closed, qApp, &QCoreApplication::quit);
    check(orders.start(qApp));
    check(node.connectTo(url));
    return QCoreApplication::exec();
}

static int consume(const QString &directory, const QUrl &url)
{
    const SqlConnection database = databaseIn(directory, "bank.db");
    Books books(database);
    books.create();

    DeliveryNode node;
    SqlConsumerProgress progress(database, SqlConsumerProgress::Recording::ByApplication);
    ConsumerController bank(Bank, {}, &progress, &node);
    const auto book = [&](const Delivery &delivery) {
        books.book(delivery.payload(), bank.positionOf(delivery));
        check(bank.confirm(delivery)); // only now the producer may forget it
    };
    QObject::connect(&bank, &ConsumerController::delivered, &node, book);
    QObject::connect(&bank, &ConsumerController::errorOccurred, &node, check);
    check(bank.start(qApp));
    check(bank.registerToProducerController(Orders));
    check(node.listen(url));
    return QCoreApplication::exec();
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const QString role = arguments.value(1);
    const QString directory = arguments.value(2);
    const QUrl url(arguments.value(3, u"tcp://127.0.0.1:4711"_s));
    if (role == u"produce" && !directory.isEmpty())
        return produce(directory, url, arguments.value(4, u"1000"_s).toLongLong());
    if (role == u"consume" && !directory.isEmpty())
        return consume(directory, url);
    if (role != u"check" || directory.isEmpty())
        giveUp(u"exactly-once consume|produce|check DIRECTORY [url [count]]"_s);
    Books(databaseIn(directory, "bank.db")).print();
    return EXIT_SUCCESS;
}
