// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/delivery.h>
#include <QtDelivery/error.h>
#include <QtDelivery/flowstatistics.h>
#include <QtDelivery/requestnext.h>
#include <QtDelivery/result.h>
#include <QtDelivery/sendresult.h>

#include <QDebug>
#include <QFuture>
#include <QMetaEnum>
#include <QMetaProperty>
#include <QPromise>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <memory>

using namespace QtDelivery;
using namespace Qt::StringLiterals;

namespace {

const Error Refusal(Error::Code::NoDemand, u"Wait for requestNext."_s);
const RequestNext Permission(u"orders"_s, 8, 5);
const Delivery Message(u"orders"_s, 7, QByteArray("payload"), 42);

/*! Emits each of the values. */
class Source : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void failed(const QtDelivery::Error &error);
    void sent(const QtDelivery::SendResult &result);
    void requestNext(const QtDelivery::RequestNext &next);
    void delivered(const QtDelivery::Delivery &delivery);
    void counted(const QtDelivery::FlowStatistics &statistics);
};

} // namespace

class TestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void metaTypes_data();
    void metaTypes();
    void properties();
    void queuedConnection();
    void otherThread();
    void signalSpy();
    void future();

    void error();
    void errorNames();
    void errorDebug();
    void sendResult();
    void sendResultDebug();
    void requestNext();
    void delivery();
    void statistics();
    void result();
};

void TestValues::metaTypes_data()
{
    QTest::addColumn<QMetaType>("type");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("Error") << QMetaType::fromType<Error>() << QByteArray("QtDelivery::Error");
    QTest::newRow("Code") << QMetaType::fromType<Error::Code>()
                          << QByteArray("QtDelivery::Error::Code");
    QTest::newRow("SendResult") << QMetaType::fromType<SendResult>()
                                << QByteArray("QtDelivery::SendResult");
    QTest::newRow("RequestNext") << QMetaType::fromType<RequestNext>()
                                 << QByteArray("QtDelivery::RequestNext");
    QTest::newRow("Delivery") << QMetaType::fromType<Delivery>()
                              << QByteArray("QtDelivery::Delivery");
    QTest::newRow("FlowStatistics")
        << QMetaType::fromType<FlowStatistics>() << QByteArray("QtDelivery::FlowStatistics");
}

void TestValues::metaTypes()
{
    QFETCH(QMetaType, type);
    QFETCH(QByteArray, name);
    QCOMPARE(QByteArray(type.name()), name);
    QVERIFY(type.id() > 0);
    QCOMPARE(QMetaType::fromName(name), type);
    const QVariant value(type);
    QVERIFY(value.isValid());
    const QVariant copy = value;
    QVERIFY(type.equals(value.constData(), copy.constData()));
    QVERIFY(type.isEqualityComparable());
    QVERIFY(type.metaObject());
}

/*! What QML and scripts see. */
void TestValues::properties()
{
    const auto read = [](const auto &gadget, const char *name) {
        const QMetaObject &metaObject = gadget.staticMetaObject;
        return metaObject.property(metaObject.indexOfProperty(name)).readOnGadget(&gadget);
    };
    QCOMPARE(read(Message, "producerId").toString(), u"orders"_s);
    QCOMPARE(read(Message, "seqNr").toLongLong(), 7);
    QCOMPARE(read(Message, "payload").toByteArray(), QByteArray("payload"));
    QCOMPARE(read(Permission, "producerId").toString(), u"orders"_s);
    QCOMPARE(read(Permission, "currentSeqNr").toLongLong(), 8);
    QCOMPARE(read(Permission, "confirmedSeqNr").toLongLong(), 5);
    QCOMPARE(read(Refusal, "code").value<Error::Code>(), Error::Code::NoDemand);
    QCOMPARE(read(Refusal, "message").toString(), Refusal.message());
    QCOMPARE(read(SendResult(9), "accepted").toBool(), true);
    QCOMPARE(read(SendResult(9), "seqNr").toLongLong(), 9);
    QCOMPARE(read(SendResult(Refusal), "error").value<Error>(), Refusal);
    QCOMPARE(read(FlowStatistics{.resent = 3}, "resent").toULongLong(), 3u);
}

void TestValues::queuedConnection()
{
    Source source;
    QObject receiver;
    Error error;
    SendResult result;
    RequestNext next;
    Delivery delivery;
    FlowStatistics statistics;
    connect(
        &source, &Source::failed, &receiver, [&](const Error &e) { error = e; },
        Qt::QueuedConnection);
    connect(
        &source, &Source::sent, &receiver, [&](const SendResult &r) { result = r; },
        Qt::QueuedConnection);
    connect(
        &source, &Source::requestNext, &receiver, [&](const RequestNext &n) { next = n; },
        Qt::QueuedConnection);
    connect(
        &source, &Source::delivered, &receiver, [&](const Delivery &d) { delivery = d; },
        Qt::QueuedConnection);
    connect(
        &source, &Source::counted, &receiver, [&](const FlowStatistics &s) { statistics = s; },
        Qt::QueuedConnection);
    {
        // Copies of the arguments must survive these.
        const auto error = std::make_unique<Error>(Refusal);
        const auto delivery = std::make_unique<Delivery>(Message);
        Q_EMIT source.failed(*error);
        Q_EMIT source.delivered(*delivery);
        Q_EMIT source.sent(SendResult(*error));
        Q_EMIT source.requestNext(RequestNext(u"orders"_s, 8, 5));
        Q_EMIT source.counted(FlowStatistics{.bytes = 77});
    }
    QVERIFY(!error);
    QCoreApplication::processEvents();
    QCOMPARE(error, Refusal);
    QCOMPARE(result, SendResult(Refusal));
    QCOMPARE(next, Permission);
    QCOMPARE(delivery, Message);
    QCOMPARE(delivery.token(), 42u);
    QCOMPARE(statistics.bytes, 77u);
}

void TestValues::otherThread()
{
    Source source;
    QThread thread;
    QObject receiver;
    receiver.moveToThread(&thread);
    Delivery received;
    QThread *receivedIn = nullptr;
    connect(&source, &Source::delivered, &receiver, [&](const Delivery &delivery) {
        received = delivery;
        receivedIn = QThread::currentThread();
        thread.quit();
    });
    thread.start();
    Q_EMIT source.delivered(Message);
    QVERIFY(thread.wait(5000));
    QCOMPARE(received, Message);
    QCOMPARE(receivedIn, &thread);
}

void TestValues::signalSpy()
{
    Source source;
    QSignalSpy failed(&source, &Source::failed);
    QSignalSpy delivered(&source, &Source::delivered);
    Q_EMIT source.failed(Refusal);
    Q_EMIT source.delivered(Message);
    QCOMPARE(failed.takeFirst().first().value<Error>(), Refusal);
    QCOMPARE(delivered.takeFirst().first().value<Delivery>(), Message);
}

void TestValues::future()
{
    QPromise<SendResult> promise;
    const QFuture<SendResult> future = promise.future();
    promise.start();
    promise.addResult(SendResult(3));
    promise.finish();
    QCOMPARE(future.result(), SendResult(3));
}

void TestValues::error()
{
    const Error none;
    QVERIFY(!none);
    QVERIFY(!none.isError());
    QCOMPARE(none.code(), Error::Code::NoError);
    QVERIFY(none.message().isEmpty());

    QVERIFY(Refusal);
    QVERIFY(Refusal.isError());
    QCOMPARE(Refusal.code(), Error::Code::NoDemand);
    QCOMPARE(Refusal.message(), u"Wait for requestNext."_s);

    const Error copy = Refusal;
    QCOMPARE(copy, Refusal);
    QVERIFY(copy != none);
    QVERIFY(copy != Error(Error::Code::NoDemand, u"other"_s));
    QVERIFY(copy != Error(Error::Code::Stopped, copy.message()));
}

void TestValues::errorNames()
{
    QCOMPARE(Error::codeName(Error::Code::NoError), u"NoError"_s);
    QCOMPARE(Error::codeName(Error::Code::PayloadTooLarge), u"PayloadTooLarge"_s);
    QCOMPARE(Error::codeName(Error::Code::Closed), u"Closed"_s);
    QCOMPARE(Error::codeName(Error::Code(-1)), u"-1"_s);
    QCOMPARE(Error::codeName(Error::Code(9999)), u"9999"_s);

    // No gap: a value without a name would be one that Q_ENUM does not know.
    const QMetaEnum codes = QMetaEnum::fromType<Error::Code>();
    QCOMPARE(codes.keyCount(), int(Error::Code::KeychainUnavailable) + 1);
    for (int i = 0; i < codes.keyCount(); ++i)
        QCOMPARE(codes.value(i), i);
}

void TestValues::errorDebug()
{
    QString text;
    QDebug(&text) << Error() << Refusal << 1;
    QCOMPARE(
        text,
        u"QtDelivery::Error(NoError) QtDelivery::Error(NoDemand, \"Wait for requestNext.\") 1 "_s);
}

void TestValues::sendResult()
{
    const SendResult accepted(1);
    QVERIFY(accepted);
    QVERIFY(accepted.isAccepted());
    QCOMPARE(accepted.seqNr(), 1);
    QVERIFY(!accepted.error());

    const SendResult refused = Refusal;
    QVERIFY(!refused);
    QVERIFY(!refused.isAccepted());
    QCOMPARE(refused.seqNr(), 0);
    QCOMPARE(refused.error(), Refusal);
    QVERIFY(refused != accepted);

    const SendResult nothing;
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().code(), Error::Code::NotStarted);
}

void TestValues::sendResultDebug()
{
    QString text;
    QDebug(&text) << SendResult(7) << SendResult(Error(Error::Code::Stopped, {})) << 1;
    QCOMPARE(
        text,
        u"QtDelivery::SendResult(seqNr 7) QtDelivery::SendResult(QtDelivery::Error(Stopped)) 1 "_s);
}

void TestValues::requestNext()
{
    QCOMPARE(Permission.producerId(), u"orders"_s);
    QCOMPARE(Permission.currentSeqNr(), 8);
    QCOMPARE(Permission.confirmedSeqNr(), 5);
    QCOMPARE(RequestNext().currentSeqNr(), 0);
    QVERIFY(RequestNext() != Permission);
}

void TestValues::delivery()
{
    QCOMPARE(Message.producerId(), u"orders"_s);
    QCOMPARE(Message.seqNr(), 7);
    QCOMPARE(Message.payload(), QByteArray("payload"));
    QCOMPARE(Message.token(), 42u);
    QVERIFY(Message != Delivery(u"orders"_s, 7, QByteArray("payload"), 43));

    // A copy costs no second payload.
    const Delivery copy = Message;
    QCOMPARE(copy, Message);
    QCOMPARE(static_cast<const void *>(copy.payload().constData()),
             static_cast<const void *>(Message.payload().constData()));
}

void TestValues::statistics()
{
    const FlowStatistics statistics{.messages = 1, .bytes = 2, .confirmed = 3};
    QCOMPARE(statistics.confirmed, 3u);
    QCOMPARE(FlowStatistics().attachments, 0u);
    QVERIFY(statistics != FlowStatistics());
}

void TestValues::result()
{
    Result<std::unique_ptr<int>> moved = std::make_unique<int>(5); // needs neither copy nor default
    QVERIFY(moved);
    QVERIFY(!moved.error());
    QCOMPARE(**moved, 5);
    const std::unique_ptr<int> taken = *std::move(moved);
    QCOMPARE(*taken, 5);

    const Result<QString> failed = Refusal;
    QVERIFY(!failed);
    QVERIFY(!failed.hasValue());
    QCOMPARE(failed.error(), Refusal);

    const Result<QString> text = u"abc"_s;
    QCOMPARE(text->size(), 3);
}

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
