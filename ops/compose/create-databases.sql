-- A database and a user for each service; a service can connect to no other's. Runs once, when the data folder is empty.
\set identity `cat /secrets/postgres/identity`
\set channels `cat /secrets/postgres/channels`
\set messages `cat /secrets/postgres/messages`

CREATE ROLE chatgenius_identity LOGIN PASSWORD :'identity';
CREATE ROLE chatgenius_channels LOGIN PASSWORD :'channels';
CREATE ROLE chatgenius_messages LOGIN PASSWORD :'messages';

CREATE DATABASE chatgenius_identity OWNER chatgenius_identity ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE chatgenius_channels OWNER chatgenius_channels ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE chatgenius_messages OWNER chatgenius_messages ENCODING 'UTF8' TEMPLATE template0;

REVOKE CONNECT ON DATABASE chatgenius_identity, chatgenius_channels, chatgenius_messages FROM PUBLIC;
