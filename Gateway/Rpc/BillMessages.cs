using Google.Protobuf.WellKnownTypes;
using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>Bills and usage as messages.</summary>
internal static class BillMessages
{
    public static Bill Of(BillAnswer bill, string version)
    {
        var message = new Bill
        {
            Version = version,
            Customer = bill.Customer,
            Currency = bill.Currency,
            AsOf = At(bill.AsOf),
            Total = bill.Total,
            AmountDue = bill.AmountDue,
        };
        message.Lines.AddRange(bill.Lines.Select(Of));
        return message;
    }

    public static SubscriptionCharges Of(SubscriptionBillAnswer bill, string version)
    {
        var message = new SubscriptionCharges
        {
            Version = version, Subscription = bill.Subscription, Currency = bill.Currency ?? "", Total = bill.Total ?? "",
        };
        message.Lines.AddRange(bill.Lines.Select(Of));
        return message;
    }

    public static DeviceUsage Of(Contracts.Devices.DeviceUsage usage, string version)
    {
        var message = new DeviceUsage { Version = version, Device = usage.Device };
        message.Rows.AddRange(usage.Rows.Select(row => new DeviceUsageRow
        {
            Subscription = row.Subscription,
            PeriodStart = At(row.PeriodStart),
            PeriodEnd = At(row.PeriodEnd),
            Meter = row.Meter,
            Unit = row.Unit,
            Quantity = DecimalText.Format(row.Quantity),
            Events = row.Events,
            LateEvents = row.LateEvents,
        }));
        return message;
    }

    private static BillLine Of(InvoiceLine line) => new()
    {
        Charge = line.ChargeId,
        Description = line.Description,
        Kind = line.Kind,
        Subscription = line.Subscription,
        PeriodStart = At(line.PeriodStart),
        PeriodEnd = At(line.PeriodEnd),
        Quantity = DecimalText.Format(line.Quantity),
        Unit = line.Unit ?? "",
        Events = line.Events,
        ExactAmount = DecimalText.Format(line.ExactAmount),
        Amount = Amount.Format(line.Amount.ToDecimal(), line.Amount.Currency.Code),
        Plan = line.Plan ?? "",
        PlanVersion = line.PlanVersion ?? 0,
    };

    private static Timestamp At(Instant instant) => Timestamp.FromDateTimeOffset(instant.ToDateTimeOffset());
}
