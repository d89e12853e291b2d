namespace OrleansBilling.Documents.Rules;

/// <summary>BR-49, BR-50, BR-61, BR-CO-25: how and when to pay.</summary>
internal static class PaymentRules
{
    public static void Check(BillingDocument document, Findings findings)
    {
        if (document is { Kind: DocumentKind.Invoice, Totals.Due: > 0, DueDate: null } && string.IsNullOrWhiteSpace(document.PaymentTerms))
        {
            findings.Add("BR-CO-25", "dueDate", "Something is to be paid, but there is neither a due date (BT-9) nor terms of payment (BT-20).");
        }

        if (document.Payment is not { } payment)
        {
            return;
        }

        findings.Require("BR-49", "payment.meansCode", payment.MeansCode, "The means of payment (BT-81)");
        for (var i = 0; i < payment.CreditTransfers.Count; i++)
        {
            findings.Require(
                "BR-50", $"payment.creditTransfers[{i}].account", payment.CreditTransfers[i].Account, "The account (BT-84)");
        }

        if (payment.MeansCode is "30" or "58" && payment.CreditTransfers.Count == 0)
        {
            findings.Add("BR-61", "payment.creditTransfers", $"Means of payment {payment.MeansCode} is a credit transfer, but there is no account (BT-84).");
        }
    }
}
