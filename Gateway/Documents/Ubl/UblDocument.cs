using OrleansBilling.Documents.Content;
using OrleansBilling.Documents.Localization;

namespace OrleansBilling.Documents.Ubl;

/// <summary>The whole document, in the order of the schema.</summary>
internal sealed class UblDocument(BillingDocument document, UblProfile profile, DocumentTexts texts, UblWriter xml)
{
    private bool IsInvoice => document.Kind == DocumentKind.Invoice;

    public void Write() => xml.Root(IsInvoice ? "Invoice" : "CreditNote", () =>
    {
        WriteHead();
        WriteReferences();
        var parties = new UblParties(document, xml);
        parties.WriteSeller();
        parties.WriteBuyer();
        WriteDelivery();
        WritePayment();
        foreach (var item in document.AllowancesAndCharges)
        {
            UblTaxes.WriteAllowanceOrCharge(xml, item, item.Tax);
        }

        WriteTaxTotals();
        WriteTotals();
        foreach (var line in document.Lines)
        {
            UblLines.Write(xml, line, IsInvoice);
        }
    });

    private void WriteHead()
    {
        xml.Text("CustomizationID", profile.CustomizationId);
        xml.Text("ProfileID", profile.ProfileId);
        xml.Text("ID", document.Number);
        xml.Date("IssueDate", document.IssueDate);
        if (IsInvoice)
        {
            xml.Date("DueDate", document.DueDate);
        }

        xml.Text(IsInvoice ? "InvoiceTypeCode" : "CreditNoteTypeCode", IsInvoice ? "380" : "381");
        foreach (var note in document.Notes)
        {
            xml.Text("Note", string.IsNullOrEmpty(note.SubjectCode) ? note.Text : $"#{note.SubjectCode}#{note.Text}");
        }

        xml.Text("DocumentCurrencyCode", document.Currency.Code);
        xml.Text("TaxCurrencyCode", document.TaxCurrency?.Code);
        xml.Text("BuyerReference", document.BuyerReference);
        WritePeriod(xml, document.Period);
    }

    public static void WritePeriod(UblWriter xml, DatePeriod? period)
    {
        if (period is not null)
        {
            xml.Group("InvoicePeriod", () =>
            {
                xml.Date("StartDate", period.Start);
                xml.Date("EndDate", period.End);
            });
        }
    }

    private void WriteReferences()
    {
        if (!string.IsNullOrWhiteSpace(document.PurchaseOrder))
        {
            xml.Group("OrderReference", () => xml.Text("ID", document.PurchaseOrder));
        }

        foreach (var preceding in document.PrecedingInvoices)
        {
            xml.Group("BillingReference", () => xml.Group("InvoiceDocumentReference", () =>
            {
                xml.Text("ID", preceding.Number);
                xml.Date("IssueDate", preceding.IssueDate);
            }));
        }

        if (!string.IsNullOrWhiteSpace(document.Contract))
        {
            xml.Group("ContractDocumentReference", () => xml.Text("ID", document.Contract));
        }
    }

    private void WriteDelivery()
    {
        if (document.Delivery is not ({ Date: not null } or { Address: not null }))
        {
            return;
        }

        xml.Group("Delivery", () =>
        {
            xml.Date("ActualDeliveryDate", document.Delivery.Date);
            if (document.Delivery.Address is { } address)
            {
                xml.Group("DeliveryLocation", () => UblParties.WriteAddress(xml, "Address", address));
            }
        });
    }

    /// <summary>One group per account; the code is the same in all of them.</summary>
    private void WritePayment()
    {
        if (document.Payment is { } payment)
        {
            if (payment.CreditTransfers.Count == 0)
            {
                WritePaymentMeans(payment, null);
            }

            foreach (var transfer in payment.CreditTransfers)
            {
                WritePaymentMeans(payment, transfer);
            }
        }

        if (!string.IsNullOrWhiteSpace(document.PaymentTerms))
        {
            xml.Group("PaymentTerms", () => xml.Text("Note", document.PaymentTerms));
        }
    }

    private void WritePaymentMeans(PaymentInstructions payment, CreditTransfer? transfer) => xml.Group("PaymentMeans", () =>
    {
        xml.Text("PaymentMeansCode", payment.MeansCode, "name", payment.MeansText);
        if (!IsInvoice)
        {
            xml.Date("PaymentDueDate", document.DueDate);
        }

        xml.Text("PaymentID", payment.RemittanceInformation);
        if (transfer is not null)
        {
            xml.Group("PayeeFinancialAccount", () =>
            {
                xml.Text("ID", Iban.IsOne(transfer.Account) ? Iban.Compact(transfer.Account) : transfer.Account);
                xml.Text("Name", transfer.AccountName);
                if (!string.IsNullOrWhiteSpace(transfer.ServiceProvider))
                {
                    xml.Group("FinancialInstitutionBranch", () => xml.Text("ID", transfer.ServiceProvider));
                }
            });
        }

        if (payment.DirectDebit is { } debit)
        {
            xml.Group("PaymentMandate", () =>
            {
                xml.Text("ID", debit.MandateReference);
                if (!string.IsNullOrWhiteSpace(debit.DebitedAccount))
                {
                    xml.Group("PayerFinancialAccount", () => xml.Text("ID", Iban.Compact(debit.DebitedAccount)));
                }
            });
        }
    });

    private void WriteTaxTotals()
    {
        xml.Group("TaxTotal", () =>
        {
            xml.Amount("TaxAmount", document.Totals.Tax);
            foreach (var row in document.TaxBreakdown)
            {
                UblTaxes.WriteSubtotal(xml, row, texts);
            }
        });
        if (document is { TaxCurrency: { } currency, Totals.TaxInTaxCurrency: { } tax })
        {
            xml.Group("TaxTotal", () => xml.Amount("TaxAmount", tax, currency));
        }
    }

    private void WriteTotals() => xml.Group("LegalMonetaryTotal", () =>
    {
        var totals = document.Totals;
        xml.Amount("LineExtensionAmount", totals.LineTotal);
        xml.Amount("TaxExclusiveAmount", totals.TaxExclusive);
        xml.Amount("TaxInclusiveAmount", totals.TaxInclusive);
        if (document.AllowancesAndCharges.Any(item => !item.IsCharge))
        {
            xml.Amount("AllowanceTotalAmount", totals.AllowanceTotal);
        }

        if (document.AllowancesAndCharges.Any(item => item.IsCharge))
        {
            xml.Amount("ChargeTotalAmount", totals.ChargeTotal);
        }

        if (totals.Prepaid != 0)
        {
            xml.Amount("PrepaidAmount", totals.Prepaid);
        }

        if (totals.Rounding != 0)
        {
            xml.Amount("PayableRoundingAmount", totals.Rounding);
        }

        xml.Amount("PayableAmount", totals.Due);
    });
}
