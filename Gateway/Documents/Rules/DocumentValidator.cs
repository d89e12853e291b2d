namespace OrleansBilling.Documents.Rules;

/// <summary>Checks a document against the business rules of EN 16931-1:2017 before anything is rendered.</summary>
/// <remarks>Rule ids and wording: EN 16931-1, section 6.4, as published with the validation artefacts of CEN/TC 434. Where the
/// artefacts tolerate a difference in rounding, these checks do not.</remarks>
public static class DocumentValidator
{
    /// <summary>Everything an e-invoice must fulfil.</summary>
    /// <returns>Empty when <see cref="Ubl.UblRenderer"/> will take the document.</returns>
    public static IReadOnlyList<Finding> Validate(BillingDocument document)
    {
        var findings = new Findings();
        PresenceRules.Check(document, findings);
        PaymentRules.Check(document, findings);
        LineRules.Check(document, findings);
        DecimalRules.Check(document, findings);
        TotalRules.Check(document, findings);
        TaxRules.Check(document, findings);
        return findings.All;
    }

    /// <summary>What pages alone need, also where there is no VAT: sums that are right, amounts that the currency has, wording
    /// and pictures that can be used.</summary>
    public static IReadOnlyList<Finding> ValidateForPages(BillingDocument document)
    {
        var findings = new Findings();
        PageRules.Check(document, findings);
        TotalRules.Check(document, findings);
        return findings.All;
    }
}
