using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Grains.Customers;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>The part of <see cref="AuditSubjects"/> that is of customers and their money.</summary>
internal static class CustomerSubjects
{
    public static AuditSubject? Of(object fact, PartitionState state, TimeProvider time) => fact switch
    {
        CustomerRegistered f => new(f.Tenant, "customer", f.Customer.Id, () => Find(state, f.Tenant, f.Customer.Id)?.View),
        CustomerChanged f => new(f.Tenant, "customer", f.Customer.Id, () => Find(state, f.Tenant, f.Customer.Id)?.View),
        WalletOpened f => new(f.Tenant, "wallet", $"{f.Customer}/{f.Wallet.Id}", () => Find(state, f.Tenant, f.Customer)?.Wallets is { } wallets
            && wallets.Ledger.Find(f.Wallet.Id) is { } wallet ? wallets.View(wallet) : null),
        CreditGranted f => Grant(state, f.Tenant, f.Customer, f.Grant.Wallet, f.Grant.Id),
        GrantEnded { Expired: false } f => Grant(state, f.Tenant, f.Customer, f.Wallet, f.Grant),
        SpendAgreed f => Agreement(state, f.Tenant, f.Customer, f.Asked.Id),
        SpendAgreementEnded f => Agreement(state, f.Tenant, f.Customer, f.Agreement),
        DraftApproved f => Draft(Find(state, f.Tenant, f.Customer)!, f.Key),
        CreditNotePrepared f => new(
            f.Tenant, "credit_note", $"{f.Customer}/{f.Id}",
            () => Find(state, f.Tenant, f.Customer)?.CreditNotes.FirstOrDefault(n => n.Id == f.Id)?.Read()),
        PaymentRecorded f => Payment(state, f.Tenant, f.Customer, f.Payment.Id),
        PaymentReversed f => Payment(state, f.Tenant, f.Customer, f.Payment),
        InvoiceWrittenOff f => new(f.Tenant, "invoice", f.Number, () => Settlement(state, time, f)),
        BalanceRefunded f => AuditSubject.Made(f.Tenant, "refund", $"{f.Customer}/{f.Id}", new AuditedRefund(f.Amount, f.At, f.Reference)),
        _ => null,
    };

    private static AuditSubject Grant(PartitionState state, string tenant, string customer, string wallet, string grant) => new(
        tenant, "grant", $"{customer}/{wallet}/{grant}", () => Find(state, tenant, customer)?.Wallets is { } wallets
            && wallets.Ledger.Find(wallet, grant) is { } known ? wallets.View(known) : null);

    private static AuditSubject Agreement(PartitionState state, string tenant, string customer, string id) => new(
        tenant, "agreement", $"{customer}/{id}", () => Find(state, tenant, customer)?.Agreements is { } agreements
            && agreements.Book.Find(id) is not null ? agreements.ViewOf(id) : null);

    private static AuditSubject Draft(CustomerState customer, string key) => new(
        customer.Tenant.Id, "draft", $"{customer.Spec.Id}/{InvoiceDraft.IdOf(customer, key)}", () => new AuditedDraft(customer.IsApproved(key)));

    private static AuditSubject Payment(PartitionState state, string tenant, string customer, string id) => new(
        tenant, "payment", $"{customer}/{id}",
        () => Find(state, tenant, customer) is { } found ? found.Payment(id)?.View(found) : null);

    /// <summary>The invoice itself never changes.</summary>
    private static InvoiceSettlement Settlement(PartitionState state, TimeProvider time, InvoiceWrittenOff fact)
    {
        var customer = Find(state, fact.Tenant, fact.Customer)!;
        var invoice = customer.Issued(fact.Invoice)!;
        return InvoiceSettlements.Of(invoice, invoice.Read(), customer.Tenant.Now(time));
    }

    private static CustomerState? Find(PartitionState state, string tenant, string id) =>
        state.Tenant(tenant) is { } copy ? state.Customers.Find(copy, id) : null;

    private sealed record AuditedDraft(bool Approved);

    private sealed record AuditedRefund(Core.Amounts.Money Amount, NodaTime.Instant At, string? Reference);
}
