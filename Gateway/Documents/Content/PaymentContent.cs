using OrleansBilling.Documents.Localization;

namespace OrleansBilling.Documents.Content;

/// <summary>How to pay, in words.</summary>
internal sealed class PaymentContent(BillingDocument document, LocaleFormat format, DocumentTexts texts)
{
    public IReadOnlyList<string> Sentences()
    {
        var sentences = new List<string> { Main() };
        if (!string.IsNullOrWhiteSpace(document.PaymentTerms))
        {
            sentences.Add(document.PaymentTerms);
        }

        return sentences;
    }

    public IReadOnlyList<Fact> Facts()
    {
        var facts = new List<Fact>();
        if (document.Payment is not { } payment)
        {
            return facts;
        }

        void Add(string key, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                facts.Add(new(texts[key], value));
            }
        }

        foreach (var transfer in payment.CreditTransfers)
        {
            Add("payment.holder", transfer.AccountName);
            Add(Iban.IsOne(transfer.Account) ? "payment.iban" : "payment.account", Iban.Grouped(transfer.Account));
            Add("payment.bic", transfer.ServiceProvider);
        }

        if (payment.DirectDebit is { } debit)
        {
            Add("payment.mandate", debit.MandateReference);
            Add("payment.creditorId", debit.CreditorId);
            Add("payment.debitedAccount", debit.DebitedAccount is { } account ? Iban.Grouped(account) : null);
        }

        Add("payment.reference", payment.RemittanceInformation);
        return facts;
    }

    /// <summary>Codes of UNTDID 4461: 49 and 59 direct debit; 48, 54 and 55 cards.</summary>
    private string Main()
    {
        var amount = format.Money(document.Totals.Due, document.Currency);
        if (document.Kind == DocumentKind.CreditNote)
        {
            return texts.Format("payment.credited", ("amount", amount));
        }

        if (document.Totals.Due <= 0)
        {
            return texts["payment.nothingDue"];
        }

        return document.Payment?.MeansCode switch
        {
            "49" or "59" => texts["payment.directDebit"],
            "48" or "54" or "55" => texts["payment.card"],
            _ => document.DueDate is { } due
                ? texts.Format("payment.payBy", ("amount", amount), ("date", format.Date(due)))
                : texts.Format("payment.pay", ("amount", amount)),
        };
    }
}
