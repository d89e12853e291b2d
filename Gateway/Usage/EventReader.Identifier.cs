using System.Text.Json;
using OrleansBilling.Core.Devices;

namespace OrleansBilling.Gateway.Usage;

/// <content>The identifier that may be named instead of a device.</content>
internal ref partial struct EventReader
{
    private void ReadIdentifier(ref Utf8JsonReader json, string parent)
    {
        Begin(ref json, EventFields.Identifier, "identifier");
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            Fail(EventFault.IdentifierInvalid, $"{parent}/identifier");
            return;
        }
        string? kind = null, value = null;
        var valid = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isKind = json.ValueTextEquals("kind"u8);
            valid &= isKind ? kind is null : json.ValueTextEquals("value"u8) && value is null;
            json.Read();
            var text = ShortText(ref json);
            json.Skip();
            valid &= text is not null;
            (kind, value) = isKind ? (text, value) : (kind, text);
        }
        if (!valid || kind is null || value is null)
        {
            Fail(EventFault.IdentifierInvalid, $"{parent}/identifier");
        }
        else if (!IdentifierKinds.TryRead(kind, value, out var identifier))
        {
            Fail(EventFault.Identifier(kind), $"{parent}/identifier/{(IdentifierKinds.Has(kind) ? "value" : "kind")}");
        }
        else
        {
            _identifier = identifier.Key;
        }
    }

    /// <summary>Requires exactly one of a device and an identifier.</summary>
    private void RequireDevice(string device, string identifier)
    {
        if ((_seen & EventFields.Identifier) == 0)
        {
            RequireField(true, EventFields.Device, EventFault.DeviceInvalid, device);
        }
        else if ((_seen & EventFields.Device) != 0)
        {
            Fail(EventFault.DeviceAndIdentifier, identifier);
        }
    }
}
