package io.headwater.schema;

import io.headwater.events.access.AddDomain;
import io.headwater.events.access.AddSourceSecret;
import io.headwater.events.access.AllowIp;
import io.headwater.events.access.BlockIp;
import io.headwater.events.access.ChangeForm;
import io.headwater.events.access.ChangeSite;
import io.headwater.events.access.ChangeSource;
import io.headwater.events.access.CreateForm;
import io.headwater.events.access.CreateIntegration;
import io.headwater.events.access.CreateSite;
import io.headwater.events.access.CreateSource;
import io.headwater.events.access.DomainAdded;
import io.headwater.events.access.DomainRemoved;
import io.headwater.events.access.EndSourceSecret;
import io.headwater.events.access.FormChanged;
import io.headwater.events.access.FormCreated;
import io.headwater.events.access.FormRemoved;
import io.headwater.events.access.IntegrationCreated;
import io.headwater.events.access.IntegrationRevoked;
import io.headwater.events.access.IpAllowed;
import io.headwater.events.access.IpBlocked;
import io.headwater.events.access.IpRemoved;
import io.headwater.events.access.MapSource;
import io.headwater.events.access.RemoveDomain;
import io.headwater.events.access.RemoveForm;
import io.headwater.events.access.RemoveIp;
import io.headwater.events.access.RemoveSource;
import io.headwater.events.access.RevokeIntegration;
import io.headwater.events.access.SiteChanged;
import io.headwater.events.access.SiteCreated;
import io.headwater.events.access.SourceChanged;
import io.headwater.events.access.SourceCreated;
import io.headwater.events.access.SourceMapped;
import io.headwater.events.access.SourceRemoved;
import io.headwater.events.access.SourceSecretAdded;
import io.headwater.events.access.SourceSecretEnded;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/// The records of the two access topics.
final class AccessRecords {

    static final List<Class<? extends SpecificRecord>> COMMANDS =
            List.of(
                    CreateSite.class,
                    AddDomain.class,
                    RemoveDomain.class,
                    CreateForm.class,
                    CreateIntegration.class,
                    RevokeIntegration.class,
                    CreateSource.class,
                    BlockIp.class,
                    AllowIp.class,
                    RemoveIp.class,
                    ChangeSite.class,
                    ChangeForm.class,
                    RemoveForm.class,
                    ChangeSource.class,
                    RemoveSource.class,
                    AddSourceSecret.class,
                    EndSourceSecret.class,
                    MapSource.class);

    static final List<Class<? extends SpecificRecord>> EVENTS =
            List.of(
                    SiteCreated.class,
                    DomainAdded.class,
                    DomainRemoved.class,
                    FormCreated.class,
                    IntegrationCreated.class,
                    IntegrationRevoked.class,
                    SourceCreated.class,
                    IpBlocked.class,
                    IpAllowed.class,
                    IpRemoved.class,
                    SiteChanged.class,
                    FormChanged.class,
                    FormRemoved.class,
                    SourceChanged.class,
                    SourceRemoved.class,
                    SourceSecretAdded.class,
                    SourceSecretEnded.class,
                    SourceMapped.class);

    private AccessRecords() {}
}
