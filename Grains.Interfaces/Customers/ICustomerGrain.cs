using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Contracts.Customers;

/// <summary>One customer; the key is <see cref="EntityKey.Of"/> tenant and customer id.</summary>
[GrainInterfaceType("billing.customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Registers the customer; the same content again is Unchanged, other content a Conflict.</summary>
    [Alias("register")]
    Task<CommandResult<CustomerView>> Register(CustomerSpec spec);

    /// <summary>The customer, or null.</summary>
    [Alias("get")]
    Task<CustomerView?> Get();

    /// <summary>Puts other content in the place of the customer's; invoices that are issued stay as they are.</summary>
    [Alias("change")]
    Task<CommandResult<CustomerView>> Change(CustomerSpec spec);

    /// <summary>Lists a subscription as this customer's; called by the subscription. Idempotent.</summary>
    [Alias("add-subscription")]
    Task<CommandResult<CustomerView>> AddSubscription(SubscriptionView subscription, BillingCycle cycle);

    /// <summary>
    /// Takes the customer's one trial of a plan for a subscription; false when another subscription had it. Called by the subscription;
    /// asking again for the same one is answered in the same way.
    /// </summary>
    [Alias("take-trial")]
    Task<bool> TakeTrial(string plan, string subscription);

    /// <summary>Says when a subscription ends, or with null that it runs on; called by the subscription. Idempotent.</summary>
    [Alias("end-subscription")]
    Task EndSubscription(string subscription, Instant? end);

    /// <summary>
    /// The running bill as of now, including every event acknowledged before the call; null for no such customer.
    /// </summary>
    [Alias("bill")]
    Task<RunningBill?> Bill();

    /// <summary>Takes a closed period of a subscription; idempotent by subscription and period.</summary>
    [Alias("take-statement")]
    Task TakeStatement(PeriodStatement statement);

    /// <summary>Issued invoices, newest first.</summary>
    [Alias("invoices")]
    Task<Page<InvoiceView>> Invoices(string? cursor, int limit);

    /// <summary>An issued invoice, or null.</summary>
    [Alias("invoice")]
    Task<InvoiceView?> Invoice(string id);

    /// <summary>Invoices that wait, oldest first; null for no such customer.</summary>
    [Alias("drafts")]
    Task<DraftView[]?> Drafts();

    /// <summary>Approves a draft and issues it; a repeat answers the invoice, Unchanged. A Conflict says what else holds it.</summary>
    [Alias("finalize")]
    Task<CommandResult<InvoiceView>> Finalize(string draft);

    /// <summary>The bytes of an issued invoice that its hash is of; null for no such invoice.</summary>
    [Alias("document")]
    Task<byte[]?> Document(string id);

    /// <summary>Takes back a part or all of an invoice; the same content again is Unchanged, other content a Conflict.</summary>
    [Alias("issue-credit-note")]
    Task<CommandResult<CreditNoteView>> IssueCreditNote(CreditNoteSpec spec);

    /// <summary>A credit note by its number, or null.</summary>
    [Alias("credit-note")]
    Task<CreditNoteView?> CreditNote(string id);

    /// <summary>Credit notes, oldest first; null for no such customer.</summary>
    [Alias("credit-notes")]
    Task<Page<CreditNoteView>?> CreditNotes(string? cursor, int limit);

    /// <summary>Records money that came in; the same content again is Unchanged, other content a Conflict.</summary>
    [Alias("record-payment")]
    Task<CommandResult<PaymentView>> RecordPayment(PaymentSpec spec);

    /// <summary>Takes a payment back, which opens again what it paid; Unchanged when that was done before.</summary>
    /// <param name="reason">For the records; at most 500 characters.</param>
    [Alias("reverse-payment")]
    Task<CommandResult<PaymentView>> ReversePayment(string payment, string reason);

    /// <summary>Payments, oldest first; null for no such customer.</summary>
    [Alias("payments")]
    Task<Page<PaymentView>?> Payments(string? cursor, int limit);

    /// <summary>Gives up what is left of an invoice; Unchanged when nothing is left and that was done before.</summary>
    /// <param name="reason">For the records; at most 500 characters.</param>
    [Alias("write-off")]
    Task<CommandResult<InvoiceView>> WriteOff(string invoice, string reason);

    /// <summary>Records that money of the customer's balance was paid back to it; the same content again is Unchanged.</summary>
    [Alias("refund")]
    Task<CommandResult<AccountView>> Refund(RefundSpec spec);

    /// <summary>What the customer owes and has to its credit; null for no such customer.</summary>
    [Alias("account")]
    Task<AccountView?> Account();

    /// <summary>The raw events behind a line, in order of partition and position; null for no such line.</summary>
    [Alias("line-events")]
    [ResponseTimeout("00:05:00")]
    Task<Page<RecordedUsage>?> LineEvents(string invoice, int line, string? cursor, int limit);

    /// <summary>What partitions are to be asked about the usage behind each line, in their order; null for a line that no usage is behind, and
    /// instead of all for no such invoice.</summary>
    [Alias("line-queries")]
    Task<LineEventsQuery?[]?> LineQueries(string invoice);

    /// <summary>Opens a wallet; the same content again is Unchanged, other content a Conflict.</summary>
    [Alias("open-wallet")]
    Task<CommandResult<WalletView>> OpenWallet(WalletSpec spec);

    /// <summary>The customer's wallets in the order of opening; null for no such customer.</summary>
    [Alias("wallets")]
    Task<WalletView[]?> Wallets();

    /// <summary>Puts money into a wallet; the same content again is Unchanged, other content a Conflict.</summary>
    [Alias("grant")]
    Task<CommandResult<GrantView>> Grant(string wallet, GrantSpec spec);

    /// <summary>Takes back what is unused of a grant; Unchanged when that was done before.</summary>
    /// <param name="reason">For the records; at most 200 characters.</param>
    [Alias("void-grant")]
    Task<CommandResult<GrantView>> VoidGrant(string wallet, string grant, string? reason);

    /// <summary>Whether reservations of its subscriptions end where its money ends, or at the maximum of an agreement.</summary>
    [Alias("is-prepaid")]
    Task<bool> HasFundsLimit();

    /// <summary>
    /// Keeps money for what a subscription can come to at most, if wallets pay for all of it beside what every other subscription can come
    /// to, and it stays within the agreement that blocks. Called by the subscription, with a higher number each time; the newest is kept, and what is refused changes nothing.
    /// </summary>
    /// <param name="usageEnd">End of the billing period that something is to be reserved of.</param>
    /// <returns>What is missing; nothing when it is kept.</returns>
    /// <exception cref="Partitions.PartitionUnavailableException">A newer one is known, or a subscription does not answer.</exception>
    [Alias("ask-funds")]
    Task<FundsAnswer> AskFunds(FundsNeed need, Instant usageEnd);

    /// <summary>Entries of the journal, oldest first; null for no such customer.</summary>
    [Alias("journal")]
    Task<Page<JournalEntry>?> Journal(string? cursor, int limit);

    /// <summary>Agrees on the least or the most of all subscriptions together; the same content again is Unchanged, other content a
    /// Conflict. Periods that are invoiced already stay as they are.</summary>
    [Alias("agree")]
    Task<CommandResult<AgreementView>> Agree(AgreementSpec spec);

    /// <summary>Ends an agreement at an instant, now when null; Unchanged when it ends then already.</summary>
    [Alias("end-agreement")]
    Task<CommandResult<AgreementView>> EndAgreement(string id, Instant? at);

    /// <summary>The customer's agreements in the order in which they were made; null for no such customer.</summary>
    [Alias("agreements")]
    Task<AgreementView[]?> Agreements();

    /// <summary>What a period of all subscriptions would have cost under other plans; changes nothing.</summary>
    [Alias("what-if")]
    [ResponseTimeout("00:05:00")]
    Task<CommandResult<FleetWhatIfView>> WhatIf(FleetWhatIfSpec spec);
}
